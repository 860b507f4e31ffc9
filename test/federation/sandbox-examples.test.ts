/** The sandbox's examples do what they say, for the people whom they say. */
import { beforeAll, describe, expect, it } from 'vitest';
import { type Example, readExamples } from '../../gateway/pages/sandbox/examples.ts';
import { type Answer, type Graph, startGraph } from '../kit/graph.ts';

const examples = readExamples();
let graph: Graph;

beforeAll(async () => {
  graph = await startGraph();
});

const named = (title: string): Example => {
  const example = examples.find((each) => each.title === title);
  if (!example) throw new Error(`There is no example "${title}".`);
  return example;
};

const valueAt = (data: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<string | number, unknown>)[key], data);

/** As the sandbox opens and runs it. */
async function run(title: string): Promise<Answer['body']> {
  const { as, query, variables, filled } = named(title);
  const person = graph.as(as);
  const all: Record<string, unknown> = { ...variables };
  for (const { variable, query: asked, path } of filled)
    all[variable] = valueAt((await person.query(asked)).body.data, path);
  return (await person.query(query, all)).body;
}

describe('the examples of the sandbox', () => {
  it.each(examples)('$title is answered', async ({ title }) => {
    const { data, errors } = await run(title);
    const refusals = (errors ?? []).map(({ extensions }) => extensions.code);
    expect(refusals).toEqual(title === 'An edit that is refused' ? ['GUEST_FIELD_VIEW_ONLY'] : []);
    expect(JSON.stringify(data)).not.toMatch(/"userErrors":\[\{/);
  });

  it('hold no text that is anybody’s: what a person puts in is in the variables', () => {
    expect(examples.filter(({ query }) => query.includes('"'))).toEqual([]);
  });

  it('break the glass for a guest: until when, contacts, and health', async () => {
    const { data } = await run('An emergency: break the glass');
    expect(valueAt(data, ['openEmergencyAccess', 'emergencyAccess'])).toMatchObject({
      until: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      displayName: expect.any(String),
      emergencyContacts: expect.arrayContaining([expect.objectContaining({ priority: 1 })]),
      medicalConditions: expect.any(Array),
    });
  });

  it('show somebody at no school who she is, and what the fields of others need', async () => {
    const { data } = await run('Somebody at no school');
    expect(valueAt(data, ['viewer', 'role'])).toBe('ANALYST');
    const fields = valueAt(data, ['__type', 'fields']) as { name: string; description: string }[];
    expect(fields.find(({ name }) => name === 'address')?.description).toContain('students:address');
  });

  it('narrow a field, so that the teaching school is told why it is null', async () => {
    await run('Narrow a field for one school');
    const { data, extensions } = await run('One guest, by id');
    expect(valueAt(data, ['guestProfile', 'address'])).toBeNull();
    expect(JSON.stringify(extensions)).toContain('SCHOOL_OVERRIDE');
  });
});
