/**
 * Calls at the subgraphs' own doors that the gateway did not make, or not so: unsigned, stale, replayed, altered, for
 * another subgraph, with another caller put in. Each is refused with 401; what the gateway seals is served meanwhile.
 */
import { scopesOf } from '../../../gateway/auth/roles.ts';
import type { Caller } from '../../../subgraphs/kernel/caller.ts';
import { ALDER, BIRCHWOOD } from '../../../subgraphs/kernel/demo/schools.ts';
import { createSealer, ENVELOPE_WINDOW_MS, type SealedRequest } from '../../../subgraphs/kernel/envelope.ts';
import type { Attack, Outcome } from '../attack.ts';
import type { AttackedGraph, SubgraphDoor } from '../graph/attacked-graph.ts';
import type { Random } from '../random.ts';
import { runCases } from '../run-cases.ts';

/** After so many tries one that the gateway would make is to be served: else 401 proves nothing. */
const HONEST_EACH = 25;

const leadOf = (school: string): Caller => ({
  subject: '6f1d4c1e-0000-4000-8000-000000000001',
  kind: 'person',
  name: 'Una Tester',
  role: 'DATA_LEAD',
  school,
  scopes: scopesOf('DATA_LEAD'),
  client: null,
});

const BODY = JSON.stringify({ query: '{ __typename }' });

type Forge = (sealed: SealedRequest, making: Making) => SealedRequest | Promise<SealedRequest>;

interface Making {
  graph: AttackedGraph;
  door: SubgraphDoor;
  random: Random;
}

const withHeaders = (sealed: SealedRequest, headers: Record<string, string>): SealedRequest => ({
  ...sealed,
  headers: { ...sealed.headers, ...headers },
});

const without = (sealed: SealedRequest, names: readonly string[]): SealedRequest => ({
  ...sealed,
  headers: Object.fromEntries(Object.entries(sealed.headers).filter(([name]) => !names.includes(name))),
});

const SIGNED = ['audience', 'time', 'nonce', 'caller', 'key', 'signature'].map((name) => `schoolgraph-${name}`);
const encoded = (caller: unknown): string => Buffer.from(JSON.stringify(caller)).toString('base64url');

/** One character of it is another one. */
function altered(text: string, random: Random): string {
  const at = random.below(Math.max(1, text.length));
  const other = random.pick([...'ABCDEFabcdef0123456789_-'].filter((each) => each !== text[at]));
  return text.slice(0, at) + other + text.slice(at + 1);
}

/** A signature's last character holds bits that no byte is made of: the one before it is whole. */
const alteredSignature = (text: string, random: Random): string => altered(text.slice(0, -1), random) + text.slice(-1);

const sealedAt = ({ graph, door }: Making, offset: number): SealedRequest =>
  createSealer(graph.envelopeKeys, () => new Date(graph.now().getTime() + offset)).seal(
    door.name,
    leadOf(BIRCHWOOD),
    BODY,
  );

const FORGERIES: Readonly<Record<string, Forge>> = {
  unsigned: (sealed) => without(sealed, SIGNED),
  'without a header': (sealed, { random }) => without(sealed, random.some(SIGNED, 1 + random.below(3))),
  'with an empty header': (sealed, { random }) => withHeaders(sealed, { [random.pick(SIGNED)]: '' }),
  stale: (_sealed, making) => sealedAt(making, -(ENVELOPE_WINDOW_MS + 2_000 + making.random.below(10 ** 9))),
  'of the future': (_sealed, making) => sealedAt(making, ENVELOPE_WINDOW_MS + 2_000 + making.random.below(10 ** 9)),
  'with an odd time': (sealed, { random }) =>
    withHeaders(sealed, {
      'schoolgraph-time': random.pick(['', 'x', 'NaN', 'Infinity', '-1', '1e999', '0x1']),
    }),
  async replayed(sealed, { door }) {
    const { status } = await door.send(sealed);
    if (status !== 200) throw new Error(`Expected the first of two to be served, not ${status}.`);
    return sealed;
  },
  'with another body': (sealed, { random }) => ({
    ...sealed,
    body: random.pick([`${sealed.body} `, '{}', altered(sealed.body, random)]),
  }),
  'with grants put in': (sealed) => ({
    ...sealed,
    body: JSON.stringify({ query: '{ __typename }', extensions: { grants: ['x'] } }),
  }),
  'with another nonce': (sealed, { random }) =>
    withHeaders(sealed, { 'schoolgraph-nonce': random.bytes(16).toString('hex') }),
  'with a header altered': (sealed, { random }) => {
    const name = random.pick(SIGNED.filter((each) => each !== 'schoolgraph-signature'));
    return withHeaders(sealed, { [name]: altered(sealed.headers[name] ?? '', random) });
  },
  'with the signature altered': (sealed, { random }) =>
    withHeaders(sealed, {
      'schoolgraph-signature': alteredSignature(sealed.headers['schoolgraph-signature'] ?? '', random),
    }),
  'with part of the signature': (sealed, { random }) =>
    withHeaders(sealed, {
      'schoolgraph-signature': (sealed.headers['schoolgraph-signature'] ?? '').slice(0, random.below(42)),
    }),
  'with a longer signature': (sealed, { random }) =>
    withHeaders(sealed, {
      'schoolgraph-signature': `${sealed.headers['schoolgraph-signature']}${random.bytes(3).toString('base64url')}`,
    }),
  'with the caller swapped': (sealed, { random }) =>
    withHeaders(sealed, {
      'schoolgraph-caller': random.pick([
        encoded(leadOf(ALDER)),
        encoded(null),
        encoded({ ...leadOf(BIRCHWOOD), role: 'SUPPORT' }),
        'bnVsbA',
        '',
      ]),
    }),
  'for another subgraph': (_sealed, { graph, door, random }) => {
    const others = graph.subgraphs.filter(({ name }) => name !== door.name);
    return createSealer(graph.envelopeKeys, graph.now).seal(random.pick(others).name, leadOf(BIRCHWOOD), BODY);
  },
  'for another subgraph, sent on': (_sealed, { graph, door, random }) => {
    const others = graph.subgraphs.filter(({ name }) => name !== door.name);
    const sealed = createSealer(graph.envelopeKeys, graph.now).seal(random.pick(others).name, leadOf(BIRCHWOOD), BODY);
    return withHeaders(sealed, { 'schoolgraph-audience': door.name });
  },
  'with another key': (_sealed, { graph, door, random }) => {
    const id = random.pick([graph.envelopeKeys[0]?.id ?? '', 'other', '__proto__', '']);
    const keys = [{ id, secret: random.bytes(32).toString('base64url') }];
    return createSealer(keys, graph.now).seal(door.name, leadOf(BIRCHWOOD), BODY);
  },
};

export const envelope: Attack = {
  name: 'envelope',
  threat: 'Somebody who reaches a subgraph’s port is served without the gateway, or as somebody else',
  count: 10_000,
  sample: 400,
  seconds: 120,
  run(graph, run) {
    return runCases({ name: 'envelope', atOnce: 8 }, run, async (random, number) => {
      const door = random.pick(graph.subgraphs);
      const sealed = createSealer(graph.envelopeKeys, graph.now).seal(door.name, leadOf(BIRCHWOOD), BODY);
      if (number % HONEST_EACH === 0) return honestOutcome(await door.send(sealed));
      const [kind, forge] = random.pick(Object.entries(FORGERIES));
      const { status, body } = await door.send(await forge(sealed, { graph, door, random }));
      return forgedOutcome(kind, status, body);
    });
  },
};

const honestOutcome = ({ status, body }: { status: number; body: string }): Outcome =>
  status === 200 && body.trim() === '{"data":{"__typename":"Query"}}'
    ? 'served'
    : { found: `Expected what the gateway seals to be served, and not answered ${status}.` };

function forgedOutcome(kind: string, status: number, body: string): Outcome {
  if (status !== 401) return { found: `Expected 401 for a call ${kind}, and not ${status}.` };
  return body.includes('"data"') ? { found: `Expected no data in the refusal of a call ${kind}.` } : 'refused';
}
