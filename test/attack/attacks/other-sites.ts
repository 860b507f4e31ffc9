/**
 * What a page of another site can make a browser send: every method, content type and origin. Nothing that a browser sends
 * without asking first is run, and no answer may be read by an origin that is not let in.
 */
import { demoStaff } from '../../../subgraphs/kernel/demo/staff.ts';
import type { Attack, Outcome } from '../attack.ts';
import type { Random } from '../random.ts';
import { graphqlPost, type HttpRequest, toBytes } from '../requests/http-request.ts';
import { type RawResult, sendRaw } from '../requests/raw-http.ts';
import { runCases } from '../run-cases.ts';

const METHODS = ['GET', 'POST', 'HEAD', 'PUT', 'OPTIONS', 'DELETE', 'PATCH'] as const;
/** Those that a form or a script sends without asking first: https://fetch.spec.whatwg.org/#cors-safelisted-request-header */
const SIMPLE_TYPES = [
  'text/plain',
  'text/plain;charset=UTF-8',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'TEXT/PLAIN',
  'text/plain; application/json',
  null,
] as const;
const OTHER_TYPES = [
  'application/json',
  'application/graphql+json',
  'text/html',
  'application/graphql',
  'application/xml',
] as const;
const ORIGINS = [
  'https://other.example',
  'http://localhost.other.example',
  'https://schoolgraph.example.other.example',
  'null',
  'http://127.0.0.1',
  'http://localhost:1',
  'file://',
  'https://other.example:443',
  'HTTPS://OTHER.EXAMPLE',
  null,
] as const;
const BODIES = {
  json: (query: string) => JSON.stringify({ query }),
  form: (query: string) => new URLSearchParams({ query }).toString(),
  text: (query: string) => query,
  multipart: (query: string) =>
    `--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\n${JSON.stringify({ query })}\r\n--x--\r\n`,
} as const;
const QUERY = '{ viewer { name } }';
const MUTATION = 'mutation { createCourse(input: { name: "Written", subject: "Art" }) { course { id } } }';
const PATIENCE_MS = 12_000;

export const otherSites: Attack = {
  name: 'other-sites',
  threat: 'A page of another site makes a person’s browser write to the graph, or reads an answer',
  count: 10_000,
  sample: 250,
  seconds: 120,
  async run(graph, run) {
    const token = await graph.tokenFor(demoStaff('data-lead@birchwood.example'));
    const port = Number(new URL(graph.url).port);
    return runCases({ name: 'other-sites', atOnce: 8 }, run, async (random) => {
      const made = fromAnotherSite(token, random);
      const result = await sendRaw(toBytes(made.request), {
        port,
        patience: PATIENCE_MS,
        method: made.request.method,
        halfCloseAfter: null,
      });
      return outcomeOf(made, result);
    });
  },
};

interface FromAnotherSite {
  request: HttpRequest;
  /** Whether a browser sends it without a preflight. */
  isSimple: boolean;
  isMutation: boolean;
  hasOrigin: boolean;
}

function fromAnotherSite(token: string, random: Random): FromAnotherSite {
  const [method, isMutation, origin] = [random.pick(METHODS), random.chance(0.5), random.pick(ORIGINS)];
  const type = random.pick([...SIMPLE_TYPES, ...OTHER_TYPES]);
  const query = isMutation ? MUTATION : QUERY;
  const inTarget = method === 'GET' || method === 'HEAD' || random.chance(0.1);
  const body = random.pick(Object.values(BODIES))(query);
  const base = graphqlPost(token, {});
  const headers = base.headers.filter(([name]) => name !== 'content-type');
  if (type !== null) headers.push(['content-type', type]);
  if (origin !== null) headers.push(['origin', origin]);
  if (method === 'OPTIONS')
    headers.push(
      ['access-control-request-method', 'POST'],
      ['access-control-request-headers', 'content-type,authorization'],
    );
  const isSimple = ['GET', 'POST', 'HEAD'].includes(method) && SIMPLE_TYPES.some((each) => each === type);
  return {
    request: {
      ...base,
      method,
      headers,
      target: inTarget ? `/graphql?${new URLSearchParams({ query })}` : '/graphql',
      body: method === 'GET' || method === 'HEAD' ? Buffer.alloc(0) : Buffer.from(body),
    },
    isSimple,
    isMutation,
    hasOrigin: origin !== null,
  };
}

/** Exported for the test that shows it finding. */
function outcomeOf(
  {
    request,
    isSimple,
    isMutation,
    hasOrigin,
  }: Omit<FromAnotherSite, 'request'> & { request: Pick<HttpRequest, 'method'> },
  result: RawResult,
): Outcome {
  if (result.kind !== 'answered') return { found: 'Expected an answer, not the connection’s end.' };
  const { status, headers, body } = result;
  const ran = status === 200 && /"data":\{"(viewer|createCourse)":\{/.test(body.toString('utf8'));
  if (ran && isSimple)
    return { found: `Expected nothing to be run of a ${request.method} that a browser sends unasked.` };
  if (ran && isMutation && request.method !== 'POST')
    return { found: `Expected no mutation to be run by ${request.method}.` };
  const allowed = headers.get('access-control-allow-origin');
  if (hasOrigin && allowed !== undefined) return { found: 'Expected no origin to be let in that no setting names.' };
  if (headers.get('access-control-allow-credentials') !== undefined)
    return { found: 'Expected no credentials of another origin to be let in.' };
  if (status >= 500) return { found: `Expected no answer of the status ${status}.` };
  return ran ? 'served' : 'refused';
}
