/** Loaders of what is written about a student day by day. */
import DataLoader from 'dataloader';
import { sql } from 'kysely';
import type { Session } from '../../kernel/database/transaction.ts';
import type {
  AbsenceNoteRow,
  DetentionRow,
  EvidenceRow,
  MealRow,
  PinnedItemRow,
  SessionMarkRow,
  StoredPicture,
} from '../domain/student-record.ts';
import { idsOf, type StudentKey, studentLoader } from './by-student.ts';

type Db = Session['db'];
type OfStudent<Row> = Row & { studentId: string };

interface LatestKey extends StudentKey {
  /** How many, from the newest. */
  last: number;
}
interface DayKey extends StudentKey {
  date: string;
}

export const createRecordLoaders = (db: Db) => ({
  /** Newest first: the newest of the home school's and the newest of the teaching schools', `NEWEST_NOTES` of each. */
  absenceNotes: studentLoader(async (keys) => byStudent(keys, await absenceNotes(db, keys))),
  pinnedItems: studentLoader(async (keys) => byStudent(keys, await pinnedItems(db, keys))),
  evidence: studentLoader(async (keys) => byStudent(keys, await evidence(db, keys))),
  detentions: studentLoader(async (keys) => byStudent(keys, await detentions(db, keys))),
  meals: studentLoader(async (keys) => byStudent(keys, await meals(db, keys))),
  mealBalance: studentLoader(async (keys) => {
    const balances = byStudent(keys, await mealBalances(db, keys));
    return balances.map(([row]) => row?.balance ?? null);
  }),
  picture: studentLoader(async (keys) => {
    const found = byStudent(keys, await pictures(db, keys));
    return found.map(([row]) => row ?? null);
  }),
  latestMarks: new DataLoader<LatestKey, SessionMarkRow[], string>(
    async (keys) => {
      const marks = byStudent(keys, await latestMarks(db, keys));
      return keys.map(({ last }, index) => marks[index]?.slice(0, last) ?? []);
    },
    { cacheKeyFn: ({ homeSchoolUrn, id, last }) => `${homeSchoolUrn} ${id} ${last}` },
  ),
  marksOfDay: new DataLoader<DayKey, SessionMarkRow[], string>(
    async (keys) => {
      const marks = byStudent(keys, await marksOfDays(db, keys));
      return keys.map(({ date }, index) => marks[index]?.filter((mark) => mark.date === date) ?? []);
    },
    { cacheKeyFn: ({ homeSchoolUrn, id, date }) => `${homeSchoolUrn} ${id} ${date}` },
  ),
});

function byStudent<Row extends { studentId: string }>(keys: readonly StudentKey[], rows: readonly Row[]): Row[][] {
  const groups = Map.groupBy(rows, ({ studentId }) => studentId);
  return keys.map(({ id }) => groups.get(id) ?? []);
}

export const NEWEST_NOTES = 100;

async function absenceNotes(db: Db, keys: readonly StudentKey[]): Promise<OfStudent<AbsenceNoteRow>[]> {
  const { homes, ids } = idsOf(keys);
  const { rows } = await sql<OfStudent<AbsenceNoteRow>>`select student_id as "studentId", id, date, text,
      written_at as "writtenAt", written_by_school as "writtenBySchool", written_by_name as "writtenByName"
    from (
      select *, row_number() over (
        partition by student_id, written_by_school = home_school_urn order by written_at desc, id desc) as place
      from students.absence_note where home_school_urn = any(${homes}) and student_id = any(${ids}::uuid[])
    ) as note where place <= ${NEWEST_NOTES} order by written_at desc, id desc`.execute(db);
  return rows;
}

async function pinnedItems(db: Db, keys: readonly StudentKey[]): Promise<OfStudent<PinnedItemRow>[]> {
  const { homes, ids } = idsOf(keys);
  const { rows } = await sql<OfStudent<PinnedItemRow>>`select student_id as "studentId", id, title, about,
      pinned_until as "pinnedUntil"
    from students.pinned_item where home_school_urn = any(${homes}) and student_id = any(${ids}::uuid[])
    order by pinned_at, id`.execute(db);
  return rows;
}

async function evidence(db: Db, keys: readonly StudentKey[]): Promise<OfStudent<EvidenceRow>[]> {
  const { homes, ids } = idsOf(keys);
  const { rows } = await sql<OfStudent<EvidenceRow>>`select student_id as "studentId", arrangement, text,
      recorded_on as "recordedOn", recorded_by_school as "recordedBySchool", recorded_by_name as "recordedByName"
    from students.access_arrangement_evidence
    where home_school_urn = any(${homes}) and student_id = any(${ids}::uuid[])
    order by recorded_on desc, id desc`.execute(db);
  return rows;
}

async function detentions(db: Db, keys: readonly StudentKey[]): Promise<OfStudent<DetentionRow>[]> {
  const { homes, ids } = idsOf(keys);
  const { rows } = await sql<OfStudent<DetentionRow>>`select student_id as "studentId", date, reason, minutes
    from students.detention where home_school_urn = any(${homes}) and student_id = any(${ids}::uuid[])
    order by date desc, id desc`.execute(db);
  return rows;
}

/** Of four school weeks, as the schema says. */
async function meals(db: Db, keys: readonly StudentKey[]): Promise<OfStudent<MealRow>[]> {
  const { homes, ids } = idsOf(keys);
  const { rows } = await sql<OfStudent<MealRow>>`select student_id as "studentId", date, name, price_pence as price
    from students.meal
    where home_school_urn = any(${homes}) and student_id = any(${ids}::uuid[]) and date > kernel.today() - 28
    order by date desc, id desc`.execute(db);
  return rows;
}

async function mealBalances(db: Db, keys: readonly StudentKey[]): Promise<OfStudent<{ balance: number }>[]> {
  const { homes, ids } = idsOf(keys);
  const { rows } = await sql<OfStudent<{ balance: number }>>`select student_id as "studentId", balance_pence as balance
    from students.meal_account where home_school_urn = any(${homes}) and student_id = any(${ids}::uuid[])`.execute(db);
  return rows;
}

async function pictures(db: Db, keys: readonly StudentKey[]): Promise<OfStudent<StoredPicture>[]> {
  const { homes, ids } = idsOf(keys);
  const { rows } = await sql<OfStudent<StoredPicture>>`select student_id as "studentId", content,
      media_type as "mediaType"
    from students.picture where home_school_urn = any(${homes}) and student_id = any(${ids}::uuid[])`.execute(db);
  return rows;
}

/** As many as the longest list that is asked for: two fields that ask for different lengths cost one statement. */
async function latestMarks(db: Db, keys: readonly LatestKey[]): Promise<OfStudent<SessionMarkRow>[]> {
  const students = [...new Map(keys.map((key) => [key.id, key])).values()];
  const { rows } = await sql<OfStudent<SessionMarkRow>>`select wanted.id as "studentId", mark.*
    from unnest(${students.map(({ homeSchoolUrn }) => homeSchoolUrn)}::text[], ${students.map(({ id }) => id)}::uuid[])
      as wanted (home, id)
    cross join lateral (
      select date, session, mark from students.session_attendance a
      where a.home_school_urn = wanted.home and a.student_id = wanted.id
      order by date desc, session desc limit ${Math.max(...keys.map(({ last }) => last))}
    ) as mark order by mark.date desc, mark.session desc`.execute(db);
  return rows;
}

async function marksOfDays(db: Db, keys: readonly DayKey[]): Promise<OfStudent<SessionMarkRow>[]> {
  const { homes, ids } = idsOf(keys);
  const { rows } = await sql<OfStudent<SessionMarkRow>>`select student_id as "studentId", date, session, mark
    from students.session_attendance where home_school_urn = any(${homes}) and student_id = any(${ids}::uuid[])
      and date = any(${keys.map(({ date }) => date)}::date[])`.execute(db);
  return rows;
}
