/** One per key, batched, for one call only. A loader gives null, or an empty list, for what the caller does not see. */
import DataLoader from 'dataloader';
import type { Session } from '../kernel/database/transaction.ts';
import { type LoadedAccess, loadAccess } from './services/load-access.ts';
import {
  type CourseRow,
  coursesById,
  type EnrolmentRow,
  enrolmentsById,
  type PushRow,
  pushesById,
  pushesOfCourses,
  type SlotRow,
  slotsOfCourses,
} from './services/load-courses.ts';
import { type EmergencyAccessRow, emergencyAccessesById } from './services/load-emergency-accesses.ts';
import { type EmergencyGuest, emergencyGuests } from './services/load-emergency-guests.ts';
import { type GuestProfileRow, guestProfilesById, guestProfilesOfStudents } from './services/load-guest-profiles.ts';
import { type AgreementRow, agreementsOfPartnerships } from './services/load-partnerships.ts';

export interface Loaders {
  emergencyAccess: DataLoader<string, EmergencyAccessRow | null>;
  /** By the guest profile. */
  emergencyGuest: DataLoader<string, EmergencyGuest | null>;
  course: DataLoader<string, CourseRow | null>;
  push: DataLoader<string, PushRow | null>;
  enrolment: DataLoader<string, EnrolmentRow | null>;
  guestProfile: DataLoader<string, GuestProfileRow | null>;
  slotsOfCourse: DataLoader<string, SlotRow[]>;
  pushesOfCourse: DataLoader<string, PushRow[]>;
  profilesOfStudent: DataLoader<string, GuestProfileRow[]>;
  agreementsOfPartnership: DataLoader<string, AgreementRow[]>;
  access: DataLoader<GuestProfileRow, LoadedAccess, string>;
}

export const createLoaders = (session: Session): Loaders => ({
  emergencyAccess: oneById(session, emergencyAccessesById),
  emergencyGuest: oneById(session, emergencyGuests),
  course: oneById(session, coursesById),
  push: oneById(session, pushesById),
  enrolment: oneById(session, enrolmentsById),
  guestProfile: oneById(session, guestProfilesById),
  slotsOfCourse: manyBy(session, slotsOfCourses, ({ courseId }) => courseId),
  pushesOfCourse: manyBy(session, pushesOfCourses, ({ courseId }) => courseId),
  profilesOfStudent: manyBy(session, guestProfilesOfStudents, ({ studentId }) => studentId),
  agreementsOfPartnership: manyBy(session, agreementsOfPartnerships, ({ partnershipId }) => partnershipId),
  access: new DataLoader((profiles) => loadAccess(session, profiles), { cacheKeyFn: ({ id }) => id }),
});

type Load<Row> = (session: Session, keys: readonly string[]) => Promise<Row[]>;

const oneById = <Row extends { id: string }>(session: Session, load: Load<Row>): DataLoader<string, Row | null> =>
  new DataLoader(async (ids) => {
    const rows = new Map((await load(session, ids)).map((row) => [row.id, row]));
    return ids.map((id) => rows.get(id) ?? null);
  });

const manyBy = <Row>(session: Session, load: Load<Row>, keyOf: (row: Row) => string): DataLoader<string, Row[]> =>
  new DataLoader(async (keys) => {
    const rows = Map.groupBy(await load(session, keys), keyOf);
    return keys.map((key) => rows.get(key) ?? []);
  });
