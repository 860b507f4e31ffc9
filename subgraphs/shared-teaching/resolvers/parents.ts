/** What resolvers are handed as parent; ids in rows are UUIDs. */
import type { ExplainedAccess } from '../domain/profile-access.ts';
import type { CourseRow, EnrolmentRow, PushRow, SlotRow } from '../services/load-courses.ts';
import type { EmergencyAccessRow } from '../services/load-emergency-accesses.ts';
import type { GuestProfileRow } from '../services/load-guest-profiles.ts';
import type { AgreementRow, PartnershipRow } from '../services/load-partnerships.ts';

export type EmergencyAccessParent = EmergencyAccessRow;
export type CourseParent = CourseRow;
export type TimetableSlotParent = SlotRow;
export type CoursePushParent = PushRow;
export type CourseEnrolmentParent = EnrolmentRow;
export type PartnershipParent = PartnershipRow;
export type AgreementParent = AgreementRow;
export type GuestProfileParent = GuestProfileRow;
export type GuestFieldAccessParent = ExplainedAccess;

/** By its id as in the graph: the record itself is another subgraph's. */
export interface StudentParent {
  id: string;
}
