/** What partners see, place by place: to open one more is a line here, for whoever reviews it to ask why. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { readRules } from '../../gateway/policy/rules.ts';
import { createSchemaViews } from '../../gateway/policy/schema-views.ts';
import { meets } from '../../subgraphs/kernel/scopes.ts';
import { appAt } from '../kit/callers.ts';
import { openSupergraph } from '../kit/supergraph.ts';
import { ROOT } from './source-files.ts';

const { apiSchema, document } = openSupergraph(readFileSync(join(ROOT, 'schema/supergraph.graphql'), 'utf8'));
const rules = readRules(document);
const partner = createSchemaViews(apiSchema, rules).views.partner?.schema ?? buildSchema('type Query { nothing: Int }');
const types = Object.values(partner.getTypeMap()).filter(({ name }) => !name.startsWith('__'));

const places = types.flatMap((type): string[] => {
  if (isObjectType(type) || isInterfaceType(type))
    return Object.values(type.getFields()).flatMap(({ name, args }) => {
      const field = `${type.name}.${name}`;
      return [field, ...args.map((argument) => `${field}(${argument.name}:)`)];
    });
  return isInputObjectType(type) ? Object.keys(type.getFields()).map((name) => `${type.name}.${name}`) : [];
});

describe('the partner contract', () => {
  it('is exactly these fields and arguments', () => {
    expect(places.sort()).toEqual([
      'AcademicYear.label',
      'AcademicYear.startYear',
      'AcademicYearEnrolment.academicYear',
      'AcademicYearEnrolment.endDate',
      'AcademicYearEnrolment.startDate',
      'Course.homeSchool',
      'Course.id',
      'Course.name',
      'Course.slots',
      'Course.subject',
      'CourseConnection.edges',
      'CourseConnection.nodes',
      'CourseConnection.pageInfo',
      'CourseEdge.cursor',
      'CourseEdge.node',
      'GuestProfile.academicYearEnrolments',
      'GuestProfile.displayName',
      'GuestProfile.homeSchool',
      'GuestProfile.id',
      'GuestProfile.preferredFirstName',
      'GuestProfile.preferredLastName',
      'GuestProfile.registrationForm',
      'GuestProfile.schoolEnrolment',
      'GuestProfile.teachingSchool',
      'GuestProfile.yearGroup',
      'GuestProfileConnection.edges',
      'GuestProfileConnection.nodes',
      'GuestProfileConnection.pageInfo',
      'GuestProfileEdge.cursor',
      'GuestProfileEdge.node',
      'GuestProfileFilter.courseId',
      'GuestProfileFilter.homeSchoolUrn',
      'GuestProfileFilter.teachingSchoolUrn',
      'PageInfo.endCursor',
      'PageInfo.hasNextPage',
      'Query.courses',
      'Query.courses(after:)',
      'Query.courses(first:)',
      'Query.guestProfile',
      'Query.guestProfile(id:)',
      'Query.guestProfiles',
      'Query.guestProfiles(after:)',
      'Query.guestProfiles(filter:)',
      'Query.guestProfiles(first:)',
      'Query.school',
      'Query.school(urn:)',
      'Query.viewer',
      'RegistrationForm.name',
      'School.dfeNumber',
      'School.name',
      'School.urn',
      'SchoolEnrolment.endDate',
      'SchoolEnrolment.startDate',
      'Teacher.id',
      'Teacher.name',
      'TimetableSlot.endsAt',
      'TimetableSlot.from',
      'TimetableSlot.id',
      'TimetableSlot.school',
      'TimetableSlot.startsAt',
      'TimetableSlot.teacher',
      'TimetableSlot.to',
      'TimetableSlot.weekday',
      'Viewer.id',
      'Viewer.name',
      'Viewer.school',
    ]);
  });

  it('has these enums, with all their values, and changes nothing', () => {
    expect(types.filter(isEnumType).map(({ name }) => name)).toEqual(['Weekday', 'YearGroup']);
    for (const type of types.filter(isEnumType))
      expect(type.getValues().length).toBe((apiSchema.getType(type.name) as typeof type).getValues().length);
    expect(partner.getMutationType() ?? null).toBeNull();
  });

  it('asks for no scope but those of a timetable: nothing of health, contacts, identifiers or eligibility is in it', () => {
    const app = appAt('900002', ['students:read', 'schools:read', 'courses:read']);
    const closed = places.filter((place) => {
      const [typeName = '', fieldName = ''] = place.split('.');
      return !meets(app, rules.requirementOf(typeName, fieldName));
    });
    expect(closed).toEqual([]);
  });
});
