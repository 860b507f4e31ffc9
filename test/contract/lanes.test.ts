/**
 * What a test shows of a right, it shows by every lane: as a new text, as a known one, by id. The kit sees to that for
 * whatever it is asked (`Graph.as`, `smallGraph`); so a test of callers leaves the sending to it.
 */
import { describe, expect, it } from 'vitest';
import { sourceFiles } from './source-files.ts';

/** Who sends requests by themselves, and why that leaves no lane out. */
const SENDING: Readonly<Record<string, string>> = {
  'test/federation/apps.test.ts': 'what the demo has published, by its ids',
  'test/federation/partner-app.test.ts': 'of a client that may send no text',
  'test/gateway/app-operations.test.ts': 'by every lane itself, and in every other way that a request can have',
  'test/gateway/audits.test.ts': 'how GraphQL goes over HTTP; nobody is signed in',
  'test/gateway/authorisation-lanes.test.ts': 'by every lane itself, in every mode, by both engines',
  'test/gateway/authorisation-modes.test.ts': 'the status of a refusal by media type',
  'test/gateway/client-throttles.test.ts': 'what a client may do in a minute, which each request counts for',
  'test/gateway/faults.test.ts': 'how often a subgraph that fails is called, and waited for',
  'test/gateway/front-gateway.ts': 'each text twice, new and known',
  'test/gateway/http.test.ts': 'how requests are sent',
  'test/gateway/identity-headers.test.ts': 'headers that say who is calling',
  'test/gateway/lanes.test.ts': 'by every lane itself, and all callers at once',
  'test/gateway/persisted-reload.test.ts': 'ids while the supergraph changes',
  'test/gateway/persisted-requests.test.ts': 'how ids are sent',
  'test/gateway/production.test.ts': 'settings of a gateway, by their headers',
  'test/gateway/published-lists.test.ts': 'which ids there are, and when',
  'test/gateway/telemetry.test.ts': 'what is told of one request',
  'test/gateway/token-endpoint.test.ts': 'a form, which is none for the graph',
  'test/gateway/who-calls.test.ts': 'tokens that cannot be read',
};

const CALLERS = /\b(startGraph|callerWith|callerAs|callerOf|appAt)\b/;
const SENDS = /\/graphql['"`]|\.send\(/;

/** Of a file: whether it knows callers, and sends what they ask past the kit. */
const sendsItself = (text: string): boolean => CALLERS.test(text) && SENDS.test(text);

describe('a test of what callers may', () => {
  it('asks by every lane, or is listed with the reason why not', () => {
    const found = sourceFiles().filter(
      ({ path, text }) => /^test\/(federation|gateway|subgraphs|database)\//.test(path) && sendsItself(text),
    );
    expect(found.map(({ path }) => path)).toEqual(Object.keys(SENDING));
  });

  it('is found where it sends by itself', () => {
    const own = "const graph = await startGraph(); await fetch(graph.url + '/graphql')";
    expect(sendsItself(own)).toBe(true);
    expect(sendsItself("await graph.send(token, { query: '{ a }' }); callerAs('TEACHER', null)")).toBe(true);
    expect(sendsItself("await startGraph().as('a@alder.example').query('{ a }')")).toBe(false);
  });
});
