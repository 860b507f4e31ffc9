/** Mutations of an operation's text that know its grammar: what a parser, a validator and a planner may trip over. */
import type { Random } from '../random.ts';

type MutateText = (text: string, random: Random) => string;

const TOKEN = /"""[\s\S]*?"""|"(?:[^"\\]|\\.)*"|\.\.\.|[A-Za-z_]\w*|-?\d+(?:\.\d+)?|\S/g;
const ODD_TOKENS = [
  '{',
  '}',
  '(',
  ')',
  '[',
  ']',
  ':',
  '!',
  '=',
  '@',
  '|',
  '&',
  '$',
  '...',
  '... on',
  '"',
  '"""',
  '#',
  ',',
  '\ufeff',
  '\u0000',
  '\ud800',
  'null',
  'true',
  'on',
  'fragment',
  'query',
  'mutation',
  'subscription',
  'type',
  'extend',
  '__typename',
  '__schema',
  '__type(name: "Student")',
  '_entities',
  '_service',
  '@skip',
  '@include(if: 1)',
  '@defer',
  '@stream',
  '@deprecated',
  '99999999999999999999',
  '1e400',
  '-0',
  '0x1',
  '01',
  '"\\u{110000}"',
  '"\\ud800"',
  'constructor',
  '__proto__',
  'hasOwnProperty',
] as const;

const onTokens =
  (change: (tokens: string[], random: Random) => void): MutateText =>
  (text, random) => {
    const tokens = text.match(TOKEN) ?? [''];
    change(tokens, random);
    return tokens.join(' ');
  };

const nest = (open: string, close: string, random: Random): string => {
  const depth = random.pick([3, 11, 30, 200, 3_000]);
  return open.repeat(depth) + close.repeat(depth);
};

export const OPERATION_MUTATIONS: Readonly<Record<string, MutateText>> = {
  'a token left out': onTokens((tokens, random) => void tokens.splice(random.below(tokens.length), 1)),
  'a token twice': onTokens((tokens, random) => {
    const at = random.below(tokens.length);
    tokens.splice(at, 0, tokens[at] ?? '');
  }),
  'two tokens changed about': onTokens((tokens, random) => {
    const [one, other] = [random.below(tokens.length), random.below(tokens.length)];
    [tokens[one], tokens[other]] = [tokens[other] ?? '', tokens[one] ?? ''];
  }),
  'an odd token put in': onTokens(
    (tokens, random) => void tokens.splice(random.below(tokens.length + 1), 0, random.pick(ODD_TOKENS)),
  ),
  'a token replaced': onTokens(
    (tokens, random) => void tokens.splice(random.below(tokens.length), 1, random.pick(ODD_TOKENS)),
  ),
  'cut off': (text, random) => text.slice(0, random.below(text.length)),
  'many aliases': (_text, random) => {
    const length = random.pick([14, 16, 150, 2_000]);
    return `{ ${Array.from({ length }, (_, index) => `a${index}: __typename`).join(' ')} }`;
  },
  'deep selections': (_text, random) => `query { viewer ${nest('{ school ', '}', random)} }`,
  'deep lists': (_text, random) => `{ student(id: ${nest('[', ']', random)}) { id } }`,
  'deep objects': (_text, random) => `{ students(filter: ${nest('{ a: ', '}', random)}) { nodes { id } } }`,
  'fragments in a ring': (_text, random) => {
    const length = random.pick([1, 2, 9]);
    const names = Array.from({ length }, (_, at) => `F${at}`);
    if (random.chance(0.5)) {
      const ring = names.map((name, at) => `fragment ${name} on Student { id ...F${(at + 1) % length} }`);
      return `{ students { nodes { ...F0 } } } ${ring.join(' ')}`;
    }
    // each spreads all, and one that is not there: as many ways round as there are orders of them
    const [type, root] = random.pick([
      ['Query', ''],
      ['__Type', '__type(name: "Student")'],
      ['__Schema', '__schema'],
    ] as const);
    const spreads = random.some([...names, 'Nowhere'], length + 1).map((name) => `...${name}`);
    const each = names.map((name) => `fragment ${name} on ${type} { ${spreads.join(' ')} }`);
    return `{ ${root === '' ? '...F0' : `${root} { ...F0 }`} } ${each.join(' ')}`;
  },
  'fragments that double': (_text, random) => {
    const length = random.pick([3, 12, 60]);
    const last = random.pick(['viewer { name }', '__typename', '...Nowhere', '... { ...Nowhere }', '...Ring', '...F0']);
    const each = Array.from({ length }, (_, at) => `fragment F${at} on Query { ...F${at + 1} ...F${at + 1} }`);
    return `{ ...F0 } ${each.join(' ')} fragment F${length} on Query { ${last} } fragment Ring on Query { ...Ring }`;
  },
  'many directives': (_text, random) => `{ viewer ${'@include(if: true) '.repeat(random.pick([2, 9, 500]))} { name } }`,
  'several operations': (text) => `${text} ${text} query Other { viewer { name } }`,
  'many operations': (_text, random) =>
    Array.from({ length: random.pick([2, 60]) }, (_, at) => `query Q${at} { viewer { name } }`).join(' '),
  introspection: (_text, random) =>
    random.pick([
      '{ __schema { types { name fields { name type { name } } } } }',
      '{ __type(name: "Query") { fields { type { fields { type { fields { type { name } } } } } } } }',
      '{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }',
    ]),
  'subgraph fields': (_text, random) =>
    random.pick([
      '{ _service { sdl } }',
      'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }',
      '{ _entities(representations: [{ __typename: "Student", id: "x" }]) { ... on Student { id } } }',
    ]),
  'a subscription': () => 'subscription { viewer { name } }',
  'a schema document': () => 'extend type Query { x: Int } directive @x on FIELD type Student { id: ID }',
  'an unknown field': (text, random) => text.replace(/\{\s*(\w+)/, `{ ${random.pick(ODD_NAMES)}`),
  'no text': (_text, random) => random.pick(['', ' ', ',', '#', '\ufeff', '{}', '{ }', 'query', '\u0000']),
};

const ODD_NAMES = [
  '__proto__',
  'constructor',
  'toString',
  'studentz',
  'guestGrant',
  '_',
  '__x',
  'a'.repeat(5_000),
] as const;
