/**
 * The door of apps: credentials that are guessed, put together of others', doubled or bent, forms of all kinds, and access
 * tokens with something changed. No token is given to whoever lacks the secret, none opens more than its app grant, and a
 * token that was changed opens nothing.
 */
import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { addAppGrant, addClient } from '../../../gateway/store/administer-clients.ts';
import { asAdmin } from '../../../subgraphs/kernel/database/roles.ts';
import { BIRCHWOOD, CEDAR } from '../../../subgraphs/kernel/demo/schools.ts';
import { demoStaff } from '../../../subgraphs/kernel/demo/staff.ts';
import type { Attack, Outcome } from '../attack.ts';
import type { AttackedGraph } from '../graph/attacked-graph.ts';
import type { Random } from '../random.ts';
import { runCases } from '../run-cases.ts';

export const tokenEndpoint: Attack = {
  name: 'token-endpoint',
  threat:
    'Somebody gets a token of an app without its secret, more with one than the school has allowed, or forges one',
  count: 10_000,
  sample: 300,
  seconds: 120,
  async run(graph, run) {
    const known = await arrange(graph);
    return runCases({ name: 'token-endpoint', atOnce: 8 }, run, (random) =>
      random.chance(0.5) ? tryForm(graph, known, random) : tryToken(graph, known, random),
    );
  },
};

interface Known {
  app: { name: string; secret: string };
  other: { name: string; secret: string };
  appToken: string;
  personToken: string;
}

const SCOPES = ['schools:read', 'students:read'];

/** Two apps, of which the first is let in at Birchwood, and the second nowhere. */
async function arrange(graph: AttackedGraph): Promise<Known> {
  const unique = Date.now().toString(36);
  const [app, other] = await asAdmin(graph.adminUrl, async (admin) => {
    const made = [];
    for (const name of [`attacked-${unique}`, `unloved-${unique}`]) {
      const secret = await addClient(admin, { name, title: 'An app', mode: 'safelist', isPartner: false, isApp: true });
      made.push({ name, secret: secret ?? '' });
    }
    const grant = {
      school: BIRCHWOOD,
      purpose: 'attacking',
      ground: 'consent',
      operations: ['Q'],
      scopes: SCOPES,
    } as const;
    await addAppGrant(admin, { ...grant, client: `attacked-${unique}`, from: '2000-01-01', to: '2999-12-31' });
    return made;
  });
  if (!app || !other) throw new Error('Expected two apps.');
  const personToken = await graph.tokenFor(demoStaff('data-lead@birchwood.example'));
  for (const until = Date.now() + 10_000; Date.now() < until; ) {
    const { status, body } = await postForm(
      graph.url,
      new URLSearchParams(GOOD).toString(),
      basic(app.name, app.secret),
    );
    if (status === 200) return { app, other, appToken: String(body.access_token), personToken };
  }
  throw new Error('Expected a token for the app that holds its secret.');
}

const GOOD = { grant_type: 'client_credentials', school: BIRCHWOOD };

const basic = (name: string, secret: string) => `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}`;

const BENT = [
  '',
  ' ',
  '*',
  '%00',
  '\u0000',
  "' or 1=1 --",
  '__proto__',
  'web',
  'timetable-app',
  'null',
  '[object Object]',
];

async function tryForm(graph: AttackedGraph, { app, other }: Known, random: Random): Promise<Outcome> {
  const isApp = random.chance(0.3);
  const client = isApp ? app.name : random.pick([app.name, other.name, ...BENT]);
  const secret = isApp ? app.secret : random.pick([bent(app.secret, random), other.secret.slice(1), ...BENT]);
  const asked = { ...GOOD, school: random.pick([BIRCHWOOD, CEDAR, '123456', 'all']), scope: random.pick(ASKED_SCOPES) };
  const form = new URLSearchParams(asked);
  if (random.chance(0.2)) form.append(random.pick(['school', 'scope', 'client_id', 'grant_type']), random.pick(BENT));
  const inForm = random.chance(0.5);
  if (inForm) {
    form.append('client_id', client);
    form.append('client_secret', secret);
  }
  const authorization = inForm ? random.pick([undefined, 'Basic', 'Bearer x']) : basic(client, secret);
  const answer = await postForm(graph.url, form.toString(), authorization);
  return outcomeOfForm(answer, isApp, asked.school);
}

const ASKED_SCOPES = [
  '',
  'students:read',
  'students:health',
  'emergency:open students:read',
  'students:read students:read',
];

/** Exported for the test that shows it finding. */
function outcomeOfForm({ status, body, headers }: FormAnswer, isApp: boolean, school: string): Outcome {
  if (status >= 500) return { found: `Expected no answer of the status ${status}.` };
  if (headers.get('cache-control') !== 'no-store')
    return { found: 'Expected that no cache keeps an answer of tokens.' };
  if (status !== 200) {
    const isTold = typeof body.error === 'string' && body.access_token === undefined;
    return isTold ? 'refused' : { found: 'Expected a refusal as RFC 6749 has it.' };
  }
  if (!isApp) return { found: 'Expected no token without the secret.' };
  if (school !== BIRCHWOOD) return { found: 'Expected no token for a school that has not let the app in.' };
  const granted = String(body.scope).split(' ');
  return granted.every((scope) => SCOPES.includes(scope))
    ? 'served'
    : { found: 'Expected no scope that was not granted.' };
}

/** A secret with one sign changed, doubled or left out. */
function bent(secret: string, random: Random): string {
  const at = random.below(secret.length);
  const put = random.pick(['', 'A', secret.slice(at, at + 2), '%']);
  const changed = secret.slice(0, at) + put + secret.slice(at + 1);
  return changed === secret ? `${secret}A` : changed;
}

type Part = Record<string, unknown>;

const stranger = generateKeyPairSync('ed25519').privateKey;
const decoded = (part = ''): Part => JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Part;
const encoded = (part: Part): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** A real token with its parts changed, put together of two, or signed by somebody else. */
function changedToken({ appToken, personToken }: Known, random: Random): string {
  const [mine, theirs] = random.chance(0.5) ? [appToken, personToken] : [personToken, appToken];
  const [header = '', claims = '', signature = ''] = mine.split('.');
  const [otherHeader = '', otherClaims = ''] = theirs.split('.');
  const claim = random.pick(CLAIMS);
  const changedClaims = encoded({ ...decoded(claims), ...claim });
  const changedHeader = encoded({ ...decoded(header), ...random.pick(HEADERS) });
  return random.pick([
    () => `${header}.${changedClaims}.${signature}`,
    () => `${changedHeader}.${claims}.${signature}`,
    () => `${otherHeader}.${claims}.${signature}`,
    () => `${header}.${otherClaims}.${signature}`,
    () => signed(changedHeader, changedClaims, stranger),
    () => signed(header, changedClaims, stranger),
    () => `${encoded({ ...decoded(header), alg: 'none' })}.${claims}.`,
    () => hmacSigned(encoded({ ...decoded(header), alg: 'HS256' }), claims, header),
    () => `${header}.${claims}.${signature.slice(0, -2)}`,
    () => `${header}.${claims}`,
  ])();
}

const CLAIMS: readonly Part[] = [
  { school: '900001' },
  { scope: 'students:health students:read' },
  { client_id: 'web' },
  { role: 'SUPPORT', school: null },
  { exp: 9_999_999_999 },
  { app_grant: '00000000-0000-7000-8000-000000000001' },
  { aud: 'another' },
];
const HEADERS: readonly Part[] = [
  { alg: 'HS256' },
  { alg: 'ES256' },
  { typ: 'JWT' },
  { kid: 'none' },
  { kid: undefined },
  { jwk: stranger.export({ format: 'jwk' }) },
  { crit: ['b64'], b64: false },
];

const signed = (header: string, claims: string, key: KeyObject): string =>
  `${header}.${claims}.${sign(null, Buffer.from(`${header}.${claims}`), key).toString('base64url')}`;

const hmacSigned = (header: string, claims: string, secret: string): string =>
  `${header}.${claims}.${createHmac('sha256', secret).update(`${header}.${claims}`).digest('base64url')}`;

async function tryToken(graph: AttackedGraph, known: Known, random: Random): Promise<Outcome> {
  const token = changedToken(known, random);
  const response = await fetch(`${graph.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: 'query Q { viewer { name role } }' }),
  });
  const text = await response.text();
  if (response.status === 401 && !text.includes('"viewer"')) return 'refused';
  return token === known.appToken || token === known.personToken
    ? 'served'
    : { found: 'Expected a token that was changed to open nothing.' };
}

interface FormAnswer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

async function postForm(url: string, body: string, authorization: string | undefined): Promise<FormAnswer> {
  const response = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(authorization !== undefined && { authorization }),
    },
    body,
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: parsed(text) };
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
