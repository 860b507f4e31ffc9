/** An attack that finds nothing may be one that looks at nothing: each is shown a graph with a bug, and has to find it. */
import { describe, expect, it, vi } from 'vitest';
import { demoStaff } from '../../subgraphs/kernel/demo/staff.ts';
import { createOpener, EnvelopeRefused } from '../../subgraphs/kernel/envelope.ts';
import { atEnd } from '../kit/at-end.ts';
import type { Attack, Counts } from './attack.ts';
import { canaries } from './attacks/canaries.ts';
import { envelope } from './attacks/envelope.ts';
import { foreignIds } from './attacks/foreign-ids.ts';
import { forgedGrants } from './attacks/forged-grants.ts';
import { guardedFields } from './attacks/guarded-fields.ts';
import { interleaved } from './attacks/interleaved.ts';
import { mutatedRequests } from './attacks/mutated-requests.ts';
import { otherSites } from './attacks/other-sites.ts';
import { tokenEndpoint } from './attacks/token-endpoint.ts';
import { CANARY } from './canaries/plant.ts';
import type { AttackedGraph } from './graph/attacked-graph.ts';
import { attackedKitGraph } from './graph/kit-graph.ts';
import { type Answered, type Bug, sabotaged } from './graph/sabotage.ts';

/** A busy machine is no fault. */
vi.setConfig({ testTimeout: 120_000 });

const graph = await attackedKitGraph();
const homeLead = await graph.tokenFor(demoStaff('data-lead@alder.example'));

async function withBug(bug: Bug): Promise<AttackedGraph> {
  const changed = await sabotaged(graph, bug);
  atEnd(changed.close);
  return changed;
}

const attackOn = (attacked: AttackedGraph, attack: Attack, count: number): Promise<Counts> =>
  attack.run(attacked, { count, seed: 7, signal: AbortSignal.timeout(100_000), progress: () => undefined });

const found = async (attacked: AttackedGraph, attack: Attack, count: number): Promise<string[]> =>
  (await attackOn(attacked, attack, count)).findings.map((each) => each.found);

describe('a gateway that takes callers for the home school’s data lead', () => {
  /** Everybody who is signed in but the data leads and the teachers, by whom the attacks find their way. */
  const MISTAKEN: Bug = {
    asked: (request) => {
      const [, claims = ''] = (request.headers.authorization ?? '').split('.');
      const { role } = JSON.parse(Buffer.from(claims, 'base64url').toString() || '{}') as { role?: string };
      if (role === undefined || role === 'DATA_LEAD' || role === 'TEACHER') return request;
      return { ...request, headers: { ...request.headers, authorization: `Bearer ${homeLead}` } };
    },
  };

  it.each([
    [guardedFields, 160, /not to be read by/],
    [foreignIds, 120, /as for an id of nobody’s/],
    [canaries, 60, /not to be seen by/],
  ] as const)('is found by %o', async (attack, count, expected) => {
    expect((await found(await withBug(MISTAKEN), attack, count)).join('\n')).toMatch(expected);
  });
});

describe('a gateway that takes one caller for another now and then', () => {
  it('is found by callers at once', async () => {
    // of the sample: what each caller gets alone is asked before that, and is right
    const ASKED_ALONE = 60;
    let last = '';
    let number = 0;
    const asked: NonNullable<Bug['asked']> = (request) => {
      number += 1;
      const authorization = request.headers.authorization ?? '';
      const mistaken = number > ASKED_ALONE && number % 5 === 0 && last !== '' ? last : authorization;
      last = authorization;
      return { ...request, headers: { ...request.headers, authorization: mistaken } };
    };
    expect(await found(await withBug({ asked }), interleaved, 60)).toContainEqual(
      expect.stringMatching(/what it gets alone/),
    );
  });
});

describe('a gateway that takes an alias for a key', () => {
  it('is found by forged grants', async () => {
    // as if what stands under such a key had been sent on: another profile's rows, or none
    const answered: NonNullable<Bug['answered']> = (answer, { body }) =>
      /\b(guestGrant|urn|fieldAccess|homeSchool|student|nodes): \w/.test(body)
        ? {
            ...answer,
            body: answer.body
              .replace(/"emergencyContacts":\[.*?\]/g, '"emergencyContacts":[]')
              .replace(/"address":\{.*?\}/g, '"address":null'),
          }
        : answer;
    expect((await found(await withBug({ answered }), forgedGrants, 24)).join('\n')).toMatch(
      /to change nothing but names/,
    );
  });
});

interface Leak {
  headers?: Record<string, string>;
  errors?: string;
}

const leak = (answer: Answered, { headers = {}, errors }: Leak): Answered => ({
  ...answer,
  headers: { ...answer.headers, ...headers },
  body: errors
    ? answer.body.replace(/^\{/, `{"errors":[{"message":"${errors}","extensions":{"code":"X"}}],`)
    : answer.body,
});

describe('a gateway that tells too much', () => {
  it('in headers, errors, ids and its log is found by canaries', async () => {
    const said: string[] = [];
    const bug: Bug = {
      answered(answer, { body }) {
        const [canary] = `${answer.body}${body}`.match(CANARY) ?? [];
        if (!canary) return answer;
        said.push(canary);
        const leaks = [
          { headers: { 'x-last': canary } },
          { errors: `Not valid: ${canary}` },
          { errors: Buffer.from(`stu ${canary}`).toString('base64url') },
        ] as const;
        return leak(answer, leaks[said.length % leaks.length] ?? {});
      },
    };
    const attacked = { ...(await withBug(bug)), log: () => said.join(' ') };
    const all = (await found(attacked, canaries, 60)).join('\n');
    expect(all).toMatch(/in no headers|in the answer’s headers/);
    expect(all).toMatch(/in no rest|in the answer’s rest/);
    expect(all).toMatch(/in no encoded|in the answer’s encoded/);
    expect(all).toMatch(/in the log/);
  });

  it('to nobody at all is found by canaries, too: a checker that sees nothing says so', async () => {
    const bug: Bug = { answered: (answer) => ({ ...answer, body: answer.body.replace(CANARY, 'x') }) };
    expect((await found(await withBug(bug), canaries, 10)).join('\n')).toMatch(/to be read by somebody who may/);
  });
});

describe('a gateway that breaks', () => {
  it.each([
    ['answers 500', { status: 500 }, /no answer of the status 500/],
    ['answers with a page', { body: '<html>Oops</html>' }, /Expected JSON/],
    [
      'shows a stack',
      { body: '{"errors":[{"message":"x\\n    at f","extensions":{"code":"X"}}],"s":"/node_modules/"}' },
      /nothing of the inside/,
    ],
    ['has errors without codes', { body: '{"errors":[{"message":"x"}]}' }, /a code beside the message/],
    [
      'has internal errors',
      { body: '{"errors":[{"message":"x","extensions":{"code":"INTERNAL_SERVER_ERROR"}}]}' },
      /no internal error/,
    ],
  ])('and %s is found by mutated requests', async (_what, bad, expected) => {
    const answered: NonNullable<Bug['answered']> = (answer) =>
      answer.body.includes('"errors"') ? { ...answer, ...bad } : answer;
    expect((await found(await withBug({ answered }), mutatedRequests, 40)).join('\n')).toMatch(expected);
  });
});

describe('a gateway that trusts every site', () => {
  it('with any content type is found', async () => {
    const asked = ({ headers, body }: { headers: Record<string, string>; body: string }) => ({
      body,
      headers: { ...headers, 'content-type': 'application/json', 'apollo-require-preflight': '1' },
    });
    expect((await found(await withBug({ asked }), otherSites, 200)).join('\n')).toMatch(/that a browser sends unasked/);
  });

  it('with any origin is found', async () => {
    const answered: NonNullable<Bug['answered']> = (answer) => ({
      ...answer,
      headers: { ...answer.headers, 'access-control-allow-origin': '*' },
    });
    expect((await found(await withBug({ answered }), otherSites, 40)).join('\n')).toMatch(/no origin to be let in/);
  });
});

describe('a gateway that lets apps in', () => {
  it('without their secret, for any school, with any scope is found', async () => {
    const answered: NonNullable<Bug['answered']> = (answer, { body }) =>
      body.startsWith('grant_type') && answer.status !== 200
        ? { ...answer, status: 200, body: '{"access_token":"x","scope":"students:health"}' }
        : answer;
    const findings = await found(await withBug({ answered }), tokenEndpoint, 120);
    expect(findings).toContain('Expected no token without the secret.');
    expect(findings).toContain('Expected no token for a school that has not let the app in.');
    expect(findings).toContain('Expected no scope that was not granted.');
  });

  it('by tokens that were changed is found', async () => {
    const asked: NonNullable<Bug['asked']> = (request) =>
      request.body.startsWith('{')
        ? { ...request, headers: { ...request.headers, authorization: `Bearer ${homeLead}` } }
        : request;
    expect(await found(await withBug({ asked }), tokenEndpoint, 40)).toContain(
      'Expected a token that was changed to open nothing.',
    );
  });
});

describe('a subgraph', () => {
  const withDoors = (send: AttackedGraph['subgraphs'][number]['send'], name?: string): AttackedGraph => ({
    ...graph,
    subgraphs: graph.subgraphs.map((door) => ({ name: name ?? door.name, send })),
  });
  const served = { status: 200, body: '{"data":{"__typename":"Query"}}' };

  it('that verifies nothing is found', async () => {
    const counts = await attackOn(
      withDoors(async () => served),
      envelope,
      40,
    );
    expect(counts.findings.length).toBeGreaterThan(15);
  });

  it('that forgets what it has served is found by the replayed ones, and by no others', async () => {
    const doors = graph.subgraphs.map(({ name }) => ({
      name,
      async send(request: Parameters<AttackedGraph['subgraphs'][number]['send']>[0]) {
        try {
          createOpener(name, graph.envelopeKeys, graph.now).open(request);
          return served;
        } catch (error) {
          if (error instanceof EnvelopeRefused) return { status: 401, body: '{}' };
          throw error;
        }
      },
    }));
    const { findings } = await attackOn({ ...graph, subgraphs: doors }, envelope, 300);
    expect(new Set(findings.map((each) => each.found))).toEqual(
      new Set(['Expected 401 for a call replayed, and not 200.']),
    );
  });
});
