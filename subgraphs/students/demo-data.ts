/**
 * The demo: three school sites, and about 140 plainly invented students. Every student of Alder Grove's sixth form has
 * every field, so that whoever looks at a guest sees all that a guest profile can show.
 */
import { sql } from 'kysely';
import { inTransaction, type Session } from '../kernel/database/transaction.ts';
import { ALDER, BIRCHWOOD, CEDAR, DEMO_SCHOOLS } from '../kernel/demo/schools.ts';
import type { DemoDeps } from '../kernel/demo/seed-demo.ts';
import { addDays } from '../kernel/identifiers/iso-date.ts';
import {
  type DemoStudent,
  seedAbsenceNotes,
  seedAttendance,
  seedEvidence,
  seedPictures,
  seedPinnedItems,
  seedWelfare,
} from './demo/day-by-day.ts';
import { type DemoPlace, demoPeople } from './demo/people.ts';
import { fullRecord, plainRecord } from './demo/record.ts';
import { joinStudent } from './services/join-student.ts';
import { recordLeaving } from './services/record-leaving.ts';
import { registerSite } from './services/register-site.ts';

const PEOPLE: Readonly<Record<(typeof DEMO_SCHOOLS)[number]['urn'], Pick<DemoPlace, 'firstYear' | 'years'>>> = {
  [ALDER]: {
    firstYear: 7,
    years: [
      ['12', 46],
      ['13', 46],
      ['11', 28],
    ],
  },
  [BIRCHWOOD]: {
    firstYear: 12,
    years: [
      ['12', 5],
      ['13', 5],
    ],
  },
  [CEDAR]: {
    firstYear: 7,
    years: [
      ['10', 5],
      ['11', 5],
    ],
  },
};

/** Places in Alder Grove's list: in year 13, whose details are protected; in year 11, who has left. */
const PROTECTED = 50;
const LEAVER = 115;

/** A school that has students already is left as it is. */
export async function seedDemo({ orm, clock }: DemoDeps): Promise<void> {
  const seed = (school: string, work: (session: Session) => Promise<void>) => {
    const caller = { kind: 'system', job: 'demo', school, reason: 'demo data' } as const;
    return inTransaction(orm, { caller, clock, readOnly: false }, work);
  };
  for (const [index, site] of DEMO_SCHOOLS.entries())
    await seed(site.urn, (session) =>
      registerSite(session, {
        ...site,
        telephone: `01632 96090${index}`,
        addressLines: [`${index + 1} Schoolyard Road`, 'Demoville'],
        postcode: `ZY1 ${index + 1}ZZ`,
      }),
    );
  for (const { urn, dfeNumber } of DEMO_SCHOOLS)
    await seed(urn, async (session) => {
      if (!(await hasStudents(session))) await seedStudents(session, { urn, dfeNumber, ...PEOPLE[urn] });
    });
}

async function hasStudents({ db, school }: Session): Promise<boolean> {
  const { rows } = await sql`select from students.student where home_school_urn = ${school} limit 1`.execute(db);
  return rows.length > 0;
}

async function seedStudents(session: Session, place: DemoPlace): Promise<void> {
  const [all, sixthForm]: [DemoStudent[], DemoStudent[]] = [[], []];
  for (const [index, person] of demoPeople(place, session.today).entries()) {
    const number = index + 1;
    const isFull = place.urn === ALDER && Number(person.yearGroup) >= 12;
    const { details, lists } = isFull ? fullRecord(number, session.today) : plainRecord(number);
    const protectedDetails = place.urn === ALDER && index === PROTECTED;
    const student = { id: await joinStudent(session, { ...person, ...details, protectedDetails, lists }), number };
    all.push(student);
    if (isFull) sixthForm.push(student);
    if (place.urn === ALDER && index === LEAVER)
      await recordLeaving(session, { homeSchoolUrn: ALDER, studentId: student.id, leftOn: addDays(session.today, -1) });
  }
  await seedAttendance(session, all);
  await seedWelfare(session, all);
  for (const seedOf of [seedAbsenceNotes, seedPinnedItems, seedEvidence, seedPictures])
    await seedOf(session, sixthForm);
}
