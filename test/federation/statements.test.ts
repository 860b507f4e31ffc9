import { describe, expect, it } from 'vitest';
import { startGraph } from '../kit/graph.ts';
import { type Statement, statementsOf } from '../kit/statements.ts';
import { dataOf } from './answers.ts';
import { GUESTS, HOME } from './operations.ts';

const graph = await startGraph();

/** The same by every lane. */
async function statementsFor(email: string, query: string, variables: Record<string, unknown>) {
  const [first, ...others] = await graph.as(email).queryEach(statementsOf, query, variables);
  if (!first) throw new Error('Expected an answer.');
  const { result, statements } = first;
  for (const other of others) expect(textsOf(other.statements)).toEqual(textsOf(statements));
  return { data: dataOf<Record<string, { nodes: unknown[] }>>(result), statements };
}

/** Subgraphs are asked at the same time. */
const textsOf = (statements: readonly Statement[]): string[] => statements.map(({ text }) => text).sort();

/** But for the gateway's, which puts on record what it refuses. */
const ofSubgraphs = (statements: readonly Statement[]): string[] =>
  statements.filter(({ role }) => role !== 'schoolgraph_gateway').map(({ text }) => text);

describe('SQL statements', () => {
  it('of Guests are the same few, whatever `first` is', async () => {
    const counts = new Map<number, number>();
    for (const first of [1, 7, 60, 100]) {
      const { data, statements } = await statementsFor('data-lead@birchwood.example', GUESTS, { first });
      expect(data.guestProfiles?.nodes).toHaveLength(Math.min(first, 60));
      counts.set(first, statements.length);
    }
    expect(new Set(counts.values()).size).toBe(1);
    expect(counts.get(1)).toBeLessThanOrEqual(26);
  });

  it('of Guests are the same for a teacher as for a data lead, but for what is left out', async () => {
    const lead = await statementsFor('data-lead@birchwood.example', GUESTS, { first: 40 });
    const teacher = await statementsFor('teacher@birchwood.example', GUESTS, { first: 40 });
    expect(ofSubgraphs(teacher.statements).length).toBeLessThanOrEqual(ofSubgraphs(lead.statements).length);
  });

  it('of Home are the same few for a page of students', async () => {
    const { statements } = await statementsFor('data-lead@alder.example', HOME, {});
    const small = await statementsFor('data-lead@alder.example', HOME.replace('first: 50', 'first: 2'), {});
    expect(statements.length).toBe(small.statements.length);
  });

  it('of a field that the caller may not read are not sent', async () => {
    const { statements } = await statementsFor(
      'teacher@birchwood.example',
      '{ guestProfiles { nodes { displayName upn } } }',
      {},
    );
    const without = await statementsFor('teacher@birchwood.example', '{ guestProfiles { nodes { displayName } } }', {});
    expect(ofSubgraphs(statements)).toEqual(ofSubgraphs(without.statements));
    // that it was refused is on record
    expect(statements.length - without.statements.length).toBe(1);
  });
});
