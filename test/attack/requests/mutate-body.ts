/** Mutations of a request's body: of the JSON value, of its text, and of its bytes. */
import fc from 'fast-check';
import type { Random } from '../random.ts';

interface GraphqlBody {
  query: string;
  variables: Record<string, unknown>;
  [other: string]: unknown;
}

type MutateBody = (body: GraphqlBody, random: Random) => Buffer;

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value) ?? '');

/** Any JSON value, from the generator that looks for what programs forget. */
const anyJson = (random: Random): unknown =>
  fc.sample(fc.jsonValue({ maxDepth: 4 }), { seed: random.below(2 ** 31), numRuns: 1 })[0];

const anyText = (random: Random): string =>
  fc.sample(fc.string({ unit: 'binary', maxLength: 60 }), { seed: random.below(2 ** 31), numRuns: 1 })[0] ?? '';

const ODD_VALUES: readonly unknown[] = [
  null,
  true,
  0,
  -0,
  1.5,
  1e308,
  2 ** 53,
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\udfff',
  '\ufeff',
  [],
  {},
  [[]],
  [null],
  'a'.repeat(9_000),
  '__proto__',
  'null',
  'undefined',
  'NaN',
  '900001',
  900001,
  'stu_AAAAAAAAAAAAAAAAAAAAAA',
  { toString: 1 },
  { $ref: '#' },
  '2026-13-45',
  '\u{1f4a9}',
  '\u0435\u0301',
  '\u202e',
  "'; drop table students.student; --",
  '{{7*7}}',
  '../../etc/passwd',
];

const ODD_KEYS = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  '',
  'query',
  'extensions',
  'id',
  'documentId',
  'http',
  '\u0000',
];
const MEMBERS = ['query', 'variables', 'operationName', 'extensions', 'id'] as const;

/** JSON text that no value prints as. */
const ODD_JSON: readonly ((body: GraphqlBody, random: Random) => string)[] = [
  (body) => `${JSON.stringify(body).slice(0, -1)},"query":"{ __typename }"}`,
  (body) => `{"__proto__":{"query":"{ __typename }"},${JSON.stringify(body).slice(1)}`,
  (body) =>
    JSON.stringify({ query: body.query }).replace(/}$/, ',"variables":{"__proto__":{"id":"x"},"id":"y","id":["z"]}}'),
  (body) => `${JSON.stringify(body)}${JSON.stringify(body)}`,
  (body) => `\ufeff${JSON.stringify(body)}`,
  (body) => JSON.stringify(body).replaceAll('"', "'"),
  (body) => JSON.stringify(body).replace(/}$/, ',}'),
  (body) => `/* c */${JSON.stringify(body)}//`,
  (body, random) =>
    `{"query":${JSON.stringify(body.query)},"variables":{"id":${random.pick(['1e400', '-1e999', '123456789012345678901234567890', '0.1e-400', 'NaN', 'Infinity', '-', '+1', '.5', '0x10', 'undefined'])}}}`,
  (body, random) => {
    const depth = random.pick([60, 900, 9_000, 30_000]);
    return `{"query":${JSON.stringify(body.query)},"variables":{"id":${'['.repeat(depth)}${']'.repeat(depth)}}}`;
  },
  (_body, random) => '{"a":'.repeat(random.pick([900, 12_000])),
  (body, random) =>
    `{"query":${JSON.stringify(body.query)},"variables":{"id":"\\u${random.pick(['d800', 'dc00', '0000', 'zzzz', 'ffff', '2028'])}"}}`,
  (body) => `{"query":${JSON.stringify(body.query)},"variables":{"id":"a\u0000b\u0001\u001f"}}`,
  (body, random) => `{"query":${JSON.stringify(body.query)}${`,"k":1`.repeat(random.pick([20, 6_000]))}}`,
  (body) => JSON.stringify(JSON.stringify(body)),
  (body) => `query=${encodeURIComponent(body.query)}&variables=%7B%7D`,
  (body) => body.query,
];

export const BODY_MUTATIONS: Readonly<Record<string, MutateBody>> = {
  'a member is an odd value': (body, random) => json({ ...body, [random.pick(MEMBERS)]: random.pick(ODD_VALUES) }),
  'a member is any value': (body, random) => json({ ...body, [random.pick(MEMBERS)]: anyJson(random) }),
  'a variable is an odd value': (body, random) =>
    json({ ...body, variables: replaced(body.variables, random, random.pick(ODD_VALUES)) }),
  'a variable is any value': (body, random) =>
    json({ ...body, variables: replaced(body.variables, random, anyJson(random)) }),
  'a variable is any text': (body, random) =>
    json({ ...body, variables: replaced(body.variables, random, anyText(random)) }),
  'odd members': (body, random) => json({ ...body, [`${random.pick(ODD_KEYS)}`]: random.pick(ODD_VALUES) }),
  'odd variables': (body, random) =>
    json({ ...body, variables: Object.fromEntries(ODD_KEYS.map((key) => [key, random.pick(ODD_VALUES)])) }),
  'a batch': (body, random) => json(Array.from({ length: random.pick([0, 1, 2, 60]) }, () => body)),
  'no object': (_body, random) => json(random.pick(ODD_VALUES)),
  'any value': (_body, random) => json(anyJson(random)),
  'odd JSON': (body, random) => Buffer.from(random.pick(ODD_JSON)(body, random)),
  'persisted query': (body, random) =>
    json({
      ...body,
      ...(random.chance(0.5) && { query: undefined }),
      extensions: {
        persistedQuery: random.pick<unknown>([
          null,
          {},
          [],
          { version: 1, sha256Hash: 'x' },
          { version: '1', sha256Hash: 'a'.repeat(64) },
          { version: 1, sha256Hash: 'e3b0c442'.repeat(8) },
        ]),
      },
    }),
  'an operation name that is not there': (body, random) => json({ ...body, operationName: anyText(random) }),
  'too long': (body, random) =>
    json({ ...body, padding: 'x'.repeat(random.pick([60_000, 66_000, 300_000, 1_200_000])) }),
  'bits flipped': (body, random) =>
    onBytes(json(body), random, (bytes) => {
      const at = random.below(bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
      return bytes;
    }),
  'bytes put in': (body, random) =>
    onBytes(json(body), random, (bytes) => {
      const at = random.below(bytes.length);
      return Buffer.concat([bytes.subarray(0, at), random.bytes(1 + random.below(4)), bytes.subarray(at)]);
    }),
  'bytes taken out': (body, random) =>
    onBytes(json(body), random, (bytes) => {
      const at = random.below(bytes.length);
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random.below(8))]);
    }),
  'a piece twice': (body, random) =>
    onBytes(json(body), random, (bytes) => {
      const at = random.below(bytes.length);
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.max(0, at - 30))]);
    }),
  'cut off': (body, random) => {
    const bytes = json(body);
    return bytes.subarray(0, random.below(bytes.length));
  },
  'only bytes': (_body, random) => random.bytes(random.below(200)),
  'invalid UTF-8': (body, random) =>
    onBytes(json(body), random, (bytes) => {
      const at = random.below(bytes.length);
      return Buffer.concat([bytes.subarray(0, at), random.pick(NOT_UTF8), bytes.subarray(at)]);
    }),
  'UTF-16': (body) => Buffer.from(`\ufeff${JSON.stringify(body)}`, 'utf16le'),
  'null bytes': (body, random) =>
    Buffer.concat([Buffer.alloc(1 + random.below(40)), json(body), Buffer.alloc(random.below(3))]),
  nothing: () => Buffer.alloc(0),
};

/** Overlong, lone continuation, a surrogate, above the last code point (RFC 3629, 3). */
const NOT_UTF8 = ['c080', '80', 'eda080', 'f4908080', 'ff', 'e28', 'f0'].map((hex) => Buffer.from(hex, 'hex'));

const MOST_CHANGES = 4;

function onBytes(bytes: Buffer, random: Random, change: (bytes: Buffer) => Buffer): Buffer {
  let changed = bytes;
  for (let times = 1 + random.below(MOST_CHANGES); times > 0 && changed.length > 0; times -= 1)
    changed = change(changed);
  return changed;
}

const replaced = (variables: Record<string, unknown>, random: Random, value: unknown): Record<string, unknown> => ({
  ...variables,
  [random.pick([...Object.keys(variables), 'id', 'first'])]: value,
});
