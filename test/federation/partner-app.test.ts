/** A partner's app in our graph: by id only, of the contract only, of the school that has let it in. */
import { readFileSync } from 'node:fs';
import { buildSchema, introspectionFromSchema } from 'graphql';
import { describe, expect, it, vi } from 'vitest';
import { readManifests } from '../../gateway/operations/persisted/manifest.ts';
import { sha256Of } from '../../gateway/operations/persisted/operation-id.ts';
import { publishList } from '../../gateway/store/publish-lists.ts';
import { asAdmin } from '../../subgraphs/kernel/database/roles.ts';
import { addApp, HEARD, letIn, tokenOf } from '../kit/apps.ts';
import { startGraph } from '../kit/graph.ts';
import { codesOf } from './answers.ts';

const read = (path: string): string => readFileSync(new URL(`../../schema/${path}`, import.meta.url), 'utf8');

const GUESTS = read('operations/timetable-app/guests.graphql');
const TYPES = 'query Types { __schema { types { name } } }';
const CONTACTS = 'query Contacts { guestProfiles(first: 5) { nodes { id emergencyContacts { name } } } }';

const graph = await startGraph();
const app = await addApp(graph.database, { mode: 'require-id', isPartner: true });
await letIn(graph.database, {
  client: app.name,
  school: '900002',
  scopes: ['students:read', 'schools:read', 'courses:read'],
  operations: ['Guests', 'Types', 'Contacts'],
});
const { operations } = readManifests(
  [GUESTS, TYPES, CONTACTS].map((content, index) => ({ path: `${index}.graphql`, content })),
);
await asAdmin(graph.database.adminUrl, (admin) => publishList(admin, { client: app.name, version: '1', operations }));
const idOf = (name: string): string => operations.find((each) => each.name === name)?.id ?? sha256Of(name);

async function ask(request: object) {
  const answer = await graph.send(await tokenOf(graph.url, app), request);
  return { data: answer.body.data, codes: codesOf(answer) };
}

await vi.waitFor(async () => expect((await ask({ documentId: idOf('Types') })).codes).toEqual([]), HEARD);

describe('a partner’s app', () => {
  it('reads guests for a timetable by the operation that it published', async () => {
    const { data, codes } = await ask({ documentId: idOf('Guests'), variables: { first: 2 } });
    expect(codes).toEqual([]);
    expect(data).toMatchObject({
      guestProfiles: { nodes: [{ displayName: expect.any(String), yearGroup: expect.any(String) }, {}] },
    });
  });

  it('is shown the schema that is printed for partners', async () => {
    const { data } = await ask({ documentId: idOf('Types') });
    const { types } = (data as unknown as { __schema: { types: { name: string }[] } }).__schema;
    const printed = introspectionFromSchema(buildSchema(read('partner.graphql'), { assumeValidSDL: true }));
    expect(types.map(({ name }) => name).sort()).toEqual(printed.__schema.types.map(({ name }) => name).sort());
  });

  it('does not run what is not in the contract, though it was published and its app grant names it', async () => {
    expect(await ask({ documentId: idOf('Contacts') })).toEqual({
      data: undefined,
      codes: ['GRAPHQL_VALIDATION_FAILED'],
    });
  });

  it('runs no text', async () => {
    expect((await ask({ query: GUESTS })).codes).toEqual(['PERSISTED_QUERY_ID_REQUIRED']);
  });
});
