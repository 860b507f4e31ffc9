import { defineEntity, p } from '@mikro-orm/postgresql';

/** Two schools of which one teaches students of the other. Columns are described in migrations/0001-partnerships.ts. */
export const Partnership = defineEntity({
  name: 'Partnership',
  schema: 'shared_teaching',
  tableName: 'partnership',
  properties: {
    homeSchoolUrn: p.text().primary(),
    id: p.uuid().primary(),
    teachingSchoolUrn: p.text(),
    guestFormName: p.text().strictNullable(),
    version: p.integer().version(),
  },
});
