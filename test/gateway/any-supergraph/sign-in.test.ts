/** A supergraph of anybody's with @authenticated and @requiresScopes, which it calls by names of its own. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { issueToken } from '../../../gateway/auth/access-token.ts';
import { createGateway } from '../../../gateway/gateway.ts';
import { writeOwnKeys } from '../../../gateway/keys/keys-file.ts';
import { ownKeysOf } from '../../../gateway/keys/own-keys.ts';
import { openAnyGraph } from '../../../gateway/main/any-graph.ts';
import { DEFAULT_FRONT } from '../../../gateway/policy/front-settings.ts';
import { parseSupergraph } from '../../../gateway/supergraph/composed-document.ts';
import { demandsOf } from '../../../gateway/supergraph/demands.ts';
import { createGatewayTelemetry } from '../../../gateway/telemetry/gateway-telemetry.ts';
import { newSecrets } from '../../../subgraphs/kernel/database/secrets.ts';
import { demoStaff } from '../../../subgraphs/kernel/demo/staff.ts';
import { atEnd } from '../../kit/at-end.ts';
import { testTelemetry } from '../../kit/telemetry.ts';
import { ask } from './ask.ts';
import { startSubgraphs } from './plain-subgraphs.ts';

const subgraphs = await startSubgraphs([
  {
    name: 'safe',
    typeDefs: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
        { name: "@authenticated", as: "@inside" }, { name: "@requiresScopes", as: "@needs" }, { name: "Scope", as: "Right" }
      ])
      type Query {
        open: String
        inside: String @inside
        schools: String @needs(scopes: [["schools:read"]])
        vault: String @needs(scopes: [["vault:open"]])
      }`,
    resolvers: { Query: { open: () => 'o', inside: () => 'i', schools: () => 's', vault: () => 'v' } },
  },
]);

const folder = mkdtempSync(join(tmpdir(), 'sign-in-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function served(dataDir: string) {
  const { supergraph } = subgraphs;
  const telemetry = createGatewayTelemetry(testTelemetry());
  const { notes, ...door } = await openAnyGraph({
    ...demandsOf(parseSupergraph(supergraph)),
    dataDir,
    front: DEFAULT_FRONT,
    calls: { subgraphUrls: {}, timeoutMs: 3_000, reportError: () => {}, telemetry },
  });
  const deps = { supergraph, ...door, telemetry, reportError: () => {}, deadlineMs: 10_000, metricsToken: undefined };
  const gateway = await createGateway(deps);
  atEnd(gateway.close);
  const { port } = await gateway.listen({ host: '127.0.0.1', port: 0 });
  return { url: `http://127.0.0.1:${port}`, notes };
}

const QUERY = { query: '{ open inside schools vault }' };
const withToken = (token: string) => ({ authorization: `Bearer ${token}` });
const codesAt = ({ errors = [] }: Awaited<ReturnType<typeof ask>>) =>
  errors.map(({ path, extensions }) => `${path?.join('.')} ${extensions?.code}`);
const person = demoStaff('data-lead@birchwood.example');

describe('a supergraph that asks who calls', () => {
  it('answers null to everybody where there are no keys, and makes none', async () => {
    const dataDir = join(folder, 'none');
    const { url, notes } = await served(dataDir);
    const answer = await ask(url, QUERY);
    expect(answer.data).toEqual({ open: 'o', inside: null, schools: null, vault: null });
    expect(codesAt(answer)).toEqual(['inside', 'schools', 'vault'].map((name) => `${name} UNAUTHORIZED_FIELD_OR_TYPE`));
    expect(notes).toEqual([expect.stringMatching(/no keys in DATA_DIR: they answer null to everybody/)]);
    expect(existsSync(dataDir)).toBe(false);
  });

  it('serves nobody as a stranger who believes to be signed in', async () => {
    const { url } = await served(join(folder, 'none'));
    const token = await issueToken(newSecrets().tokenKey, person, new Date());
    expect((await ask(url, { query: '{ open }' }, withToken(token))).status).toBe(401);
  });

  it('takes the tokens of the keys that are there, with the scopes of their roles, and no others', async () => {
    const dataDir = mkdtempSync(join(folder, 'keys-'));
    const secrets = newSecrets();
    const { tokenKey } = secrets;
    writeOwnKeys(dataDir, ownKeysOf({ adminUrl: 'postgres://unused.example/graph', secrets }, false));
    const { url } = await served(dataDir);
    const answer = await ask(url, QUERY, withToken(await issueToken(tokenKey, person, new Date())));
    expect(answer.data).toEqual({ open: 'o', inside: 'i', schools: 's', vault: null });
    expect(codesAt(answer)).toEqual(['vault UNAUTHORIZED_FIELD_OR_TYPE']);
    const anothers = await issueToken(newSecrets().tokenKey, person, new Date());
    expect((await ask(url, QUERY, withToken(anothers))).status).toBe(401);
    expect((await ask(url, QUERY)).data).toEqual({ open: 'o', inside: null, schools: null, vault: null });
  });
});
