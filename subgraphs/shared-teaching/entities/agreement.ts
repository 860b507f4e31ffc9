import { defineEntity, p } from '@mikro-orm/postgresql';

/** A data-sharing agreement of a partnership. Columns are described in migrations/0001-partnerships.ts. */
export const Agreement = defineEntity({
  name: 'Agreement',
  schema: 'shared_teaching',
  tableName: 'agreement',
  properties: {
    homeSchoolUrn: p.text().primary(),
    id: p.uuid().primary(),
    partnershipId: p.uuid(),
    teachingSchoolUrn: p.text(),
    purpose: p.text(),
    fieldsCovered: p.array(),
    lawfulBases: p.array(),
    inForceFrom: p.date(),
    inForceTo: p.date(),
    reviewOn: p.date(),
    homeSignedOn: p.date().strictNullable(),
    teachingSignedOn: p.date().strictNullable(),
    leadInDays: p.integer().default(28),
    runOutTo: p.text().default('09-30'),
    version: p.integer().version(),
  },
});
