import { defineEntity, p } from '@mikro-orm/postgresql';
import type { YearGroup } from '../../kernel/identifiers/year-group.ts';

/** That a course was offered to a partner school. Columns are described in migrations/0002-courses.ts. */
export const CoursePush = defineEntity({
  name: 'CoursePush',
  schema: 'shared_teaching',
  tableName: 'course_push',
  properties: {
    homeSchoolUrn: p.text().primary(),
    id: p.uuid().primary(),
    courseId: p.uuid(),
    teachingSchoolUrn: p.text(),
    yearGroup: p.text().$type<YearGroup>().strictNullable(),
    pushedAt: p.datetime(),
    version: p.integer().version(),
  },
});
