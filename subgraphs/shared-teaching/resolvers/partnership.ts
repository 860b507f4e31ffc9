import { encodeId } from '../../kernel/ids.ts';
import { type AgreementRow, agreementInForce } from '../services/load-partnerships.ts';
import type { AgreementResolvers, PartnershipResolvers } from './types.generated.ts';

const signaturesOf = ({ homeSchoolUrn, homeSignedOn, teachingSchoolUrn, teachingSignedOn }: AgreementRow) => [
  ...(homeSignedOn === null ? [] : [{ school: { urn: homeSchoolUrn }, signedOn: homeSignedOn }]),
  ...(teachingSignedOn === null ? [] : [{ school: { urn: teachingSchoolUrn }, signedOn: teachingSignedOn }]),
];

export const Partnership: PartnershipResolvers = {
  id: ({ id }) => encodeId('Partnership', id),
  homeSchool: ({ homeSchoolUrn }) => ({ urn: homeSchoolUrn }),
  teachingSchool: ({ teachingSchoolUrn }) => ({ urn: teachingSchoolUrn }),
  agreements: ({ id }, _args, { loaders }) => loaders.agreementsOfPartnership.load(id),
};

export const Agreement: AgreementResolvers = {
  id: ({ id }) => encodeId('Agreement', id),
  from: ({ inForceFrom }) => inForceFrom,
  to: ({ inForceTo }) => inForceTo,
  inForce: (agreement, _args, call) => agreementInForce(agreement, call),
  signatures: signaturesOf,
};
