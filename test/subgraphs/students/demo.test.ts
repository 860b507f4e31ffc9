import { beforeAll, describe, expect, it } from 'vitest';
import { asAdmin } from '../../../subgraphs/kernel/database/roles.ts';
import { parsePostcode } from '../../../subgraphs/kernel/identifiers/postcode.ts';
import { parseUci } from '../../../subgraphs/kernel/identifiers/uci.ts';
import { parseUln } from '../../../subgraphs/kernel/identifiers/uln.ts';
import { originOfUpn, parseUpn } from '../../../subgraphs/kernel/identifiers/upn.ts';
import { seedDemo } from '../../../subgraphs/students/demo-data.ts';
import { createTestClock } from '../../kit/clock.ts';
import { openStudents, type StudentsGraph } from './fixture.ts';

let graph: StudentsGraph;
beforeAll(async () => {
  graph = await openStudents('demo');
});

const rows = <Row>(text: string): Promise<Row[]> =>
  asAdmin(graph.database.adminUrl, async (client) => (await client.query(text)).rows as Row[]);

describe('the demo', () => {
  it('has about 120 students at Alder Grove, most in the sixth form, one protected, one who has left', async () => {
    const [alder] =
      await rows(`select count(*)::int as all, count(*) filter (where year_group in ('12', '13'))::int as sixth,
      count(*) filter (where protected_details)::int as protected, count(left_on)::int as left
      from students.student where home_school_urn = '900001'`);
    expect(alder).toEqual({ all: 120, sixth: 92, protected: 1, left: 1 });
  });

  it('numbers its people as no real ones are', async () => {
    const students = await rows<{ upn: string; uci: string; uln: string; postcode: string }>(
      'select upn, uci, uln, postcode from students.student',
    );
    for (const { upn, uci, uln, postcode } of students) {
      expect([parseUpn(upn).ok, parseUci(uci).ok, parseUln(uln).ok, parsePostcode(postcode).ok]).toEqual([
        true,
        true,
        true,
        true,
      ]);
      expect(originOfUpn(upn).localAuthority).toBe('999');
    }
    expect(new Set(students.map(({ upn }) => upn)).size).toBe(students.length);
    expect(new Set(students.map(({ uci }) => uci)).size).toBe(students.length);
    expect(new Set(students.map(({ uln }) => uln)).size).toBe(students.length);
    expect(await rows(`select from students.emergency_contact where phone !~ '^01632 960[0-9]{3}$'`)).toEqual([]);
  });

  it('is left as it is by a second seeding', async () => {
    const state = () => rows(`select ctid, xmin, id, version from students.student order by id`);
    const before = await state();
    await seedDemo({ orm: graph.running('students').orm, clock: graph.clock });
    expect(await state()).toEqual(before);
  });

  it.each(['2026-09-01', '2028-02-29'])('can be made on %s', async (today) => {
    const other = await openStudents();
    await seedDemo({ orm: other.running('students').orm, clock: createTestClock(today) });
    const [count] = await asAdmin(
      other.database.adminUrl,
      async (client) =>
        (await client.query('select count(*)::int as students, min(year_group) from students.student'))
          .rows as object[],
    );
    expect(count).toMatchObject({ students: 140 });
  });
});
