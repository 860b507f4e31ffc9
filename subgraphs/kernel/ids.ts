/**
 * Public ids: a prefix that names the type, and the row's UUID in base64url, e.g. `stu_AZ3kq0x…`. Opaque to clients:
 * they hold no personal data and no school. One that does not decode is answered exactly as one that is absent.
 */
import { v7 } from 'uuid';

const PREFIX = {
  Student: 'stu',
  GuestProfile: 'gst',
  Course: 'crs',
  TimetableSlot: 'slt',
  CoursePush: 'psh',
  CourseEnrolment: 'enr',
  Partnership: 'prt',
  Agreement: 'agr',
  RegistrationForm: 'frm',
  EmergencyAccess: 'emg',
  AbsenceNote: 'abs',
  PinnedItem: 'pin',
  Staff: 'stf',
} as const;

export type IdKind = keyof typeof PREFIX;

/** A new row's UUID (version 7: rows made together lie together in an index). */
export const newUuid = (): string => v7();

/** When a UUID of `newUuid` was made, by the real time, in milliseconds: https://www.rfc-editor.org/rfc/rfc9562#section-5.7 */
export const madeAt = (uuid: string): number => Number.parseInt(uuid.replace('-', '').slice(0, 12), 16);

export function encodeId(kind: IdKind, uuid: string): string {
  return `${PREFIX[kind]}_${Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('base64url')}`;
}

/** The UUID that an id of this kind holds, or null: wrong prefix, wrong length, or not the one canonical spelling. */
export function decodeId(kind: IdKind, id: string): string | null {
  const [prefix, text] = [id.slice(0, 4), id.slice(4)];
  if (prefix !== `${PREFIX[kind]}_` || text.length !== 22) return null;
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length !== 16 || bytes.toString('base64url') !== text) return null;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
