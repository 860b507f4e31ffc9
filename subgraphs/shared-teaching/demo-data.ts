/**
 * The demo: Alder Grove School shares courses with Birchwood and Cedar under agreements in force, and an agreement of
 * Birchwood's with Cedar has lapsed. Everything is made by the use cases, so the demo is what the product does. It needs
 * the students' demo, and the events of it handled.
 */
import { sql } from 'kysely';
import { createClock } from '../kernel/clock.ts';
import { inTransaction, type Session } from '../kernel/database/transaction.ts';
import { ALDER, BIRCHWOOD } from '../kernel/demo/schools.ts';
import type { DemoDeps } from '../kernel/demo/seed-demo.ts';
import { academicYear, academicYearOf, firstDayOf } from '../kernel/identifiers/academic-year.ts';
import { addDays } from '../kernel/identifiers/iso-date.ts';
import { seedAlder } from './demo/alder.ts';
import { seedLapsed } from './demo/lapsed.ts';

/** A school that has a partnership already is left as it is. */
export async function seedDemo({ orm, clock }: DemoDeps): Promise<void> {
  const seed = (school: string, at: DemoDeps['clock'], work: (session: Session) => Promise<void>) => {
    const caller = { kind: 'system', job: 'demo', school, reason: 'demo data' } as const;
    return inTransaction(orm, { caller, clock: at, readOnly: false }, async (session) => {
      if (!(await hasPartnership(session))) await work(session);
    });
  };
  const thisYear = academicYearOf(clock.today());
  const lastYear = academicYear(thisYear.startYear - 1);
  await seed(ALDER, clock, (session) => seedAlder(session, thisYear));
  // while its agreement was in force
  const then = new Date(`${addDays(firstDayOf(lastYear), 7)}T09:00:00Z`);
  await seed(
    BIRCHWOOD,
    createClock(() => then),
    (session) => seedLapsed(session, lastYear),
  );
}

async function hasPartnership({ db, school }: Session): Promise<boolean> {
  const { rows } = await sql`select from shared_teaching.partnership where home_school_urn = ${school}`.execute(db);
  return rows.length > 0;
}
