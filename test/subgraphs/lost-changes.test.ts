import { sql } from 'kysely';
import { expect, it } from 'vitest';
import type { Call } from '../../subgraphs/kernel/subgraph/call.ts';
import { subgraph as students } from '../../subgraphs/students/subgraph.ts';
import { callerAs } from '../kit/callers.ts';
import { openSubgraphs } from '../kit/subgraphs.ts';

const resolvers = students.resolvers as Record<string, Record<string, unknown>>;
/** A payload whose reading fails in the database, after the change itself was made. */
const failing = {
  ...students,
  resolvers: {
    ...resolvers,
    PinnedItem: {
      ...resolvers.PinnedItem,
      title: (_item: unknown, _args: unknown, { db }: Call) => sql`select 1 / 0`.execute(db),
    },
  },
};

it('a change that the database undid is not told as done', async () => {
  const subgraphs = await openSubgraphs({ definitions: [failing] });
  const caller = callerAs('DATA_LEAD', '900001');
  const system = { kind: 'system', job: 'test', school: '900001', reason: 'arranging' } as const;
  const { seedDemo } = await import('../../subgraphs/students/demo-data.ts');
  await seedDemo({ orm: subgraphs.running('students').orm, clock: subgraphs.clock });
  const list = await subgraphs.call('students', caller, '{ students(first: 1) { nodes { id } } }');
  const { students: page } = (list.data ?? {}) as { students?: { nodes: { id: string }[] } };
  const id = page?.nodes[0]?.id;
  const pinned = () =>
    subgraphs.transaction('students', system, ({ db }) =>
      sql`select id from students.pinned_item order by id`.execute(db),
    );
  const before = await pinned();
  const answer = await subgraphs.call(
    'students',
    caller,
    'mutation ($id: ID!) { a: pinItem(input: { studentId: $id, title: "First", about: "address" }) { pinnedItem { id } } b: pinItem(input: { studentId: $id, title: "Second", about: "address" }) { pinnedItem { title } } }',
    { id },
  );
  expect(answer.data ?? null).toBeNull();
  expect(answer.errors?.map(({ message }) => message)).toEqual(['Internal error']);
  expect((await pinned()).rows).toEqual(before.rows);
});
