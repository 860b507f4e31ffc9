import { defineEntity, p } from '@mikro-orm/postgresql';
import type { AccessArrangementType } from '../domain/codes.ts';

/** Evidence of a student's normal way of working, stamped with who recorded it; never changed. */
export const AccessArrangementEvidence = defineEntity({
  name: 'AccessArrangementEvidence',
  schema: 'students',
  tableName: 'access_arrangement_evidence',
  properties: {
    homeSchoolUrn: p.text().primary(),
    id: p.uuid().primary(),
    studentId: p.uuid(),
    arrangement: p.text().$type<AccessArrangementType>(),
    text: p.text(),
    recordedOn: p.date(),
    recordedBySchool: p.text(),
    recordedByName: p.text(),
    recordedBySubject: p.text(),
  },
});
