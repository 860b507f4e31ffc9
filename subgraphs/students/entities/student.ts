import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';
import type { YearGroup } from '../../kernel/identifiers/year-group.ts';
import type { RollStatus, SenStatus, Sex } from '../domain/codes.ts';

/** A student of a home school. Columns and policies are described in migrations/0002-students.ts. */
export const Student = defineEntity({
  name: 'Student',
  schema: 'students',
  tableName: 'student',
  properties: {
    homeSchoolUrn: p.text().primary(),
    id: p.uuid().primary(),
    legalFirstName: p.text(),
    legalLastName: p.text(),
    preferredFirstName: p.text().strictNullable(),
    preferredLastName: p.text().strictNullable(),
    sex: p.text().$type<Sex>(),
    dateOfBirth: p.date(),
    upn: p.text().strictNullable(),
    formerUpns: p.array(),
    uci: p.text().strictNullable(),
    uln: p.text().strictNullable(),
    yearGroup: p.text().$type<YearGroup>().strictNullable(),
    registrationForm: p.text().strictNullable(),
    rollStatus: p.text().$type<RollStatus>(),
    joinedOn: p.date(),
    leftOn: p.date().strictNullable(),
    protectedDetails: p.boolean(),
    addressLines: p.array().strictNullable(),
    postcode: p.text().strictNullable(),
    senStatus: p.text().$type<SenStatus>().strictNullable(),
    supportStrategies: p.array(),
    freeSchoolMealsEligible: p.boolean().strictNullable(),
    inCareNow: p.boolean().strictNullable(),
    /** Moved by every change, of a list alone too. */
    changedAt: p.datetime(),
    version: p.integer().version(),
  },
});

export type StudentEntity = InferEntity<typeof Student>;
