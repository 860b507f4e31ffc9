/**
 * Faults on the way of subgraphs' answers, as data. Two engines do not call alike: they name, join and repeat calls each
 * in its own way. So a fault belongs to what is asked for and not to a call: to a field of a thing, whichever subgraph is
 * asked for it and how often, to every field of a name, or to all calls of one kind to one subgraph.
 */
import { createHash } from 'node:crypto';

/** Of things told apart by what they are: all of them, or one half or the other. */
export type Half = 'all' | 'even' | 'odd';

/** In place of a field's name: how a subgraph finds a thing by its key. */
export const BY_KEY = '__resolveReference';

/** The resolver of a field fails, or has null. */
interface FieldFault {
  kind: 'error' | 'null';
  type: string;
  field: string;
  of: Half;
  code?: string;
}

/** The field comes as a value of another type than it has. */
interface WrongValue {
  kind: 'wrong';
  field: string;
  value: WrongKind;
}

/** A subgraph gives no answer, one that says nothing but errors, or errors beside its answer, with places or without. */
interface CallFault {
  kind: 'call';
  subgraph: string;
  how: CallFailure;
}

export type Fault = FieldFault | WrongValue | CallFault;

/** None that a leaf's type may make its own of: a number for an ID is free to be one (GraphQL specification, 3.5). */
export const WRONG_KINDS = ['a text', 'a list', 'an object'] as const;
type WrongKind = (typeof WRONG_KINDS)[number];

export const CALL_FAILURES = [
  'is unreachable',
  'answers no JSON',
  'answers no data',
  'refuses',
  'answers null beside an error',
  'tells an error without a place',
  'tells an error at a place that nobody asked for',
  'has too few entities',
  'has too many entities',
  'has null for the entities',
] as const;
type CallFailure = (typeof CALL_FAILURES)[number];

export const ERROR_CODES = ['FORBIDDEN', 'NOT_FOUND', 'INTERNAL_SERVER_ERROR', 'OF_ITS_OWN'] as const;

/** One of these where a field of a thing has a fault; `typeNames` are its type and its interfaces. */
export const fieldFaultOf = (
  faults: readonly Fault[],
  typeNames: readonly string[],
  field: string,
  identity: string,
): FieldFault | undefined =>
  faults.find(
    (fault): fault is FieldFault =>
      (fault.kind === 'error' || fault.kind === 'null') &&
      fault.field === field &&
      typeNames.includes(fault.type) &&
      isOf(fault.of, identity),
  );

function isOf(half: Half, identity: string): boolean {
  if (half === 'all') return true;
  const isEven = createHash('sha256').update(identity).digest().readUInt8(0) % 2 === 0;
  return isEven === (half === 'even');
}

type Json = Record<string, unknown>;

interface SubgraphSaid {
  data?: Json | null;
  errors?: { message: string; path?: (string | number)[]; extensions?: Json }[];
}

/** What comes of a subgraph's answer. Throws where none comes. */
export function onTheWay(
  faults: readonly Fault[],
  subgraph: string,
  fieldsAsked: readonly AskedKey[],
  said: SubgraphSaid,
): string {
  // of two in one field the first counts
  const wrong = new Map(
    faults.toReversed().flatMap((fault) => (fault.kind === 'wrong' ? [[fault.field, fault.value]] : [])),
  );
  let answer = wrong.size > 0 && said.data ? { ...said, data: withWrong(said.data, fieldsAsked, wrong) } : said;
  for (const fault of faults) {
    if (fault.kind !== 'call' || fault.subgraph !== subgraph) continue;
    const failed = FAILING[fault.how](answer);
    if (typeof failed === 'string') return failed;
    answer = failed;
  }
  return JSON.stringify(answer);
}

const REFUSED = { message: 'Not now.', extensions: { code: 'FORBIDDEN' } };

const FAILING: Readonly<Record<CallFailure, (answer: SubgraphSaid) => SubgraphSaid | string>> = {
  'is unreachable': () => {
    throw new Error('Nobody is there.');
  },
  'answers no JSON': () => '<html>',
  'answers no data': () => ({}),
  refuses: () => ({ errors: [REFUSED] }),
  'answers null beside an error': () => ({ data: null, errors: [{ message: 'Broken.' }] }),
  'tells an error without a place': ({ data, errors = [] }) => ({ data: data ?? null, errors: [...errors, REFUSED] }),
  'tells an error at a place that nobody asked for': ({ data, errors = [] }) => ({
    data: data ?? null,
    errors: [...errors, { message: 'Elsewhere.', path: ['elsewhere', 0] }],
  }),
  'has too few entities': (answer) => withEntities(answer, (entities) => entities.slice(1)),
  'has too many entities': (answer) => withEntities(answer, (entities) => [...entities, null]),
  'has null for the entities': (answer) => withEntities(answer, () => null),
};

function withEntities(answer: SubgraphSaid, change: (entities: unknown[]) => unknown): SubgraphSaid {
  const { data } = answer;
  if (!data || !Array.isArray(data._entities)) return answer;
  return { ...answer, data: { ...data, _entities: change(data._entities) } };
}

/** A response key of a call, the field that it stands for, and what was asked of it. */
export interface AskedKey {
  key: string;
  field: string;
  inner: readonly AskedKey[];
}

function withWrong(data: Json, asked: readonly AskedKey[], wrong: ReadonlyMap<string, WrongKind>): Json {
  const changed: Json = Object.create(null);
  for (const [key, value] of Object.entries(data)) {
    const fields = asked.filter((each) => each.key === key);
    const inner = fields.flatMap((each) => each.inner);
    const kind = fields.map(({ field }) => wrong.get(field)).find((each) => each !== undefined);
    changed[key] = kind === undefined || value === null ? deeper(value, inner, wrong) : wrongFor(value, kind);
  }
  return changed;
}

/** An object in the place of another has nothing wrong in it but what it lacks. */
const wrongFor = (value: unknown, kind: WrongKind): unknown =>
  WRONG[kind === 'an object' && typeof value === 'object' && !Array.isArray(value) ? 'a text' : kind];

function deeper(value: unknown, asked: readonly AskedKey[], wrong: ReadonlyMap<string, WrongKind>): unknown {
  if (Array.isArray(value)) return value.map((item) => deeper(item, asked, wrong));
  return typeof value === 'object' && value !== null && asked.length > 0
    ? withWrong(value as Json, asked, wrong)
    : value;
}

export const WRONG: Readonly<Record<WrongKind, unknown>> = {
  'a text': 'wrong',
  'a list': ['wrong'],
  'an object': { wrong: 'wrong' },
};
