/** What this subgraph hears of others, by the event's name. `schema/events/` describes each. */
import type { Session } from '../kernel/database/transaction.ts';
import type { EventHandler } from '../kernel/events/worker.ts';
import { onSchoolSiteChanged, type SchoolSiteState } from './services/on-school-site-changed.ts';
import { onStudentChanged, type StudentState } from './services/on-student-changed.ts';

const student: EventHandler = (session: Session, payload) =>
  onStudentChanged(session, payload as unknown as StudentState);

export const subscriptions: Readonly<Record<string, EventHandler>> = {
  'student.joined': student,
  'student.changed': student,
  'student.left': student,
  'school-site.changed': (session, payload) => onSchoolSiteChanged(session, payload as unknown as SchoolSiteState),
};
