import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';
import type { DateInterval } from '../../kernel/identifiers/academic-year.ts';
import type { YearGroup } from '../../kernel/identifiers/year-group.ts';

/** A student at one teaching school. Columns are described in migrations/0003-guests.ts. */
export const GuestProfile = defineEntity({
  name: 'GuestProfile',
  schema: 'shared_teaching',
  tableName: 'guest_profile',
  properties: {
    homeSchoolUrn: p.text().primary(),
    id: p.uuid().primary(),
    studentId: p.uuid(),
    teachingSchoolUrn: p.text(),
    yearGroup: p.text().$type<YearGroup>().strictNullable(),
    registrationFormId: p.uuid(),
    protectedDetails: p.boolean(),
    startsOn: p.date().strictNullable(),
    endsOn: p.date().strictNullable(),
    periods: p.json<DateInterval[]>(),
    version: p.integer().version(),
  },
});

export type GuestProfileEntity = InferEntity<typeof GuestProfile>;
