import { evidenceOf } from '../services/profile-fields.ts';
import type { AccessArrangementEvidenceResolvers, AccessArrangementResolvers } from './types.generated.ts';

export const AccessArrangement: AccessArrangementResolvers = {
  evidence: (arrangement) => evidenceOf(arrangement),
};

export const AccessArrangementEvidence: AccessArrangementEvidenceResolvers = {
  recordedBy: ({ recordedByName: name, recordedBySchool: schoolUrn }) => ({ name, schoolUrn }),
};
