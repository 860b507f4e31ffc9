import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';

/** A course of its home school. Columns are described in migrations/0002-courses.ts. */
export const Course = defineEntity({
  name: 'Course',
  schema: 'shared_teaching',
  tableName: 'course',
  properties: {
    homeSchoolUrn: p.text().primary(),
    id: p.uuid().primary(),
    name: p.text(),
    subject: p.text(),
    rollVersion: p.integer().default(0),
    version: p.integer().version(),
  },
});

export type CourseEntity = InferEntity<typeof Course>;
