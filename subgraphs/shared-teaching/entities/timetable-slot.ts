import { defineEntity, p } from '@mikro-orm/postgresql';
import type { Weekday } from '../domain/slot.ts';

/** A weekly lesson of a course at one school. Columns are described in migrations/0002-courses.ts. */
export const TimetableSlot = defineEntity({
  name: 'TimetableSlot',
  schema: 'shared_teaching',
  tableName: 'timetable_slot',
  properties: {
    homeSchoolUrn: p.text().primary(),
    id: p.uuid().primary(),
    courseId: p.uuid(),
    schoolUrn: p.text(),
    weekday: p.text().$type<Weekday>(),
    startsAt: p.time(),
    endsAt: p.time(),
    fromDate: p.date(),
    toDate: p.date(),
    teacherId: p.uuid().strictNullable(),
    teacherName: p.text().strictNullable(),
  },
});
