/** The ways in which GraphQL lets a client write one and the same thing. */
import type { AskOptions, GraphqlRequest } from './client.ts';
import type { RecordField } from './record-fields.ts';

type RecordKind = 'student' | 'guestProfile';

export interface Written {
  request: GraphqlRequest;
  options?: AskOptions;
  /** The response keys under which a field stands. */
  keysOf(field: string): readonly string[];
  /** The record that was asked for, in the answer: as often as it stands there. */
  records(data: Record<string, unknown>, id: string): Record<string, unknown>[];
}

export interface Way {
  name: string;
  interfaceOnly?: boolean;
  write(kind: RecordKind, fields: readonly RecordField[]): Written;
}

const TYPE = { student: 'Student', guestProfile: 'GuestProfile' } as const;
const LIST = { student: 'students', guestProfile: 'guestProfiles' } as const;

const own = (field: string): string[] => [field];
const textOf = (fields: readonly RecordField[]): string => fields.map(({ text }) => text).join(' ');
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Every object at the top of the answer: one record, under whatever key. */
const atTop = (data: Record<string, unknown>): Record<string, unknown>[] => Object.values(data).filter(isRecord);

const byId =
  (
    select: (fields: readonly RecordField[], kind: RecordKind) => string,
    after: (fields: readonly RecordField[], kind: RecordKind) => string = () => '',
  ) =>
  (kind: RecordKind, fields: readonly RecordField[]): Written => ({
    request: { query: `query ($id: ID!) { ${kind}(id: $id) { ${select(fields, kind)} } } ${after(fields, kind)}` },
    keysOf: own,
    records: atTop,
  });

const inList =
  (path: 'nodes' | 'edges') =>
  (kind: RecordKind, fields: readonly RecordField[]): Written => {
    const selection = path === 'nodes' ? `nodes { id ${textOf(fields)} }` : `edges { node { id ${textOf(fields)} } }`;
    return {
      request: { query: `{ ${LIST[kind]}(first: 100) { ${selection} } }` },
      keysOf: own,
      records(data, id) {
        const list = data[LIST[kind]];
        const items = isRecord(list) && Array.isArray(list[path]) ? list[path] : [];
        return items
          .map((item) => (path === 'nodes' ? item : item.node))
          .filter((record) => isRecord(record) && record.id === id);
      },
    };
  };

const aliased = (fields: readonly RecordField[], prefix: string): string =>
  fields.map(({ name, text }) => `${prefix}${name}: ${text}`).join(' ');

/** Each field under the name of the next one of them: a permitted name does not make a field permitted. */
function underOthersNames(kind: RecordKind, fields: readonly RecordField[]): Written {
  const nextOf = new Map(fields.map(({ name }, index) => [name, fields[(index + 1) % fields.length]?.name ?? name]));
  const query = `query ($id: ID!) { ${kind}(id: $id) { ${fields.map(({ name, text }) => `${nextOf.get(name)}: ${text}`).join(' ')} } }`;
  return { request: { query }, keysOf: (field) => [nextOf.get(field) ?? field], records: atTop };
}

/** What an operation may have of them at the most. */
const MOST_DIRECTIVES = 8;

const included = (text: string, index: number): string =>
  index < MOST_DIRECTIVES
    ? text.replace(/^\w+(?:\([^)]*\))?/, `$& ${index % 2 === 0 ? '@include(if: true)' : '@skip(if: false)'}`)
    : text;

export const WAYS: readonly Way[] = [
  { name: 'plainly', write: byId(textOf) },
  {
    name: 'by an alias',
    write: (kind, fields) => ({
      ...byId((each) => aliased(each, 'a_'))(kind, fields),
      keysOf: (field) => [`a_${field}`],
    }),
  },
  {
    name: 'by two aliases and its name',
    write: (kind, fields) => ({
      ...byId((each) => `${aliased(each, 'a_')} ${aliased(each, 'b_')} ${textOf(each)}`)(kind, fields),
      keysOf: (field) => [`a_${field}`, `b_${field}`, field],
    }),
  },
  { name: 'under another field’s name', write: underOthersNames },
  {
    name: 'in a named fragment',
    write: byId(
      () => '...F',
      (fields, kind) => `fragment F on ${TYPE[kind]} { ${textOf(fields)} }`,
    ),
  },
  {
    name: 'in nested fragments',
    write: byId(
      () => '...F',
      (fields, kind) =>
        `fragment F on ${TYPE[kind]} { ...G } fragment G on ${TYPE[kind]} { ... { ...H } } fragment H on ${TYPE[kind]} { ${textOf(fields)} }`,
    ),
  },
  { name: 'in an inline fragment', write: byId((fields, kind) => `... on ${TYPE[kind]} { ${textOf(fields)} }`) },
  {
    name: 'in an inline fragment of no type',
    write: byId((fields) => `... { ... @include(if: true) { ${textOf(fields)} } }`),
  },
  {
    name: 'by the interface',
    interfaceOnly: true,
    write: byId((fields) => `... on StudentProfile { ${textOf(fields)} }`),
  },
  {
    name: 'by the interface and the type at once',
    interfaceOnly: true,
    write: byId(
      (fields) => `... on StudentProfile { ${textOf(fields)} } ...F`,
      (fields, kind) => `fragment F on ${TYPE[kind]} { ${textOf(fields)} }`,
    ),
  },
  { name: 'in a list', write: inList('nodes') },
  { name: 'in a list’s edges', write: inList('edges') },
  {
    name: 'with @include and @skip',
    write: byId((fields) => fields.map(({ text }, index) => included(text, index)).join(' ')),
  },
  {
    name: 'with @include by a variable',
    write: (kind, fields) => ({
      ...byId(textOf)(kind, fields),
      request: {
        query: `query ($id: ID!, $yes: Boolean = true) { ${kind}(id: $id) { ... @include(if: $yes) { ${textOf(fields)} } } }`,
        variables: { yes: true },
      },
    }),
  },
  {
    name: 'as one of several operations',
    write: (kind, fields) => ({
      ...byId(textOf)(kind, fields),
      request: {
        query: `query Other { __typename } query Asked($id: ID!) { ${kind}(id: $id) { ${textOf(fields)} } } query Third { viewer { role } }`,
        operationName: 'Asked',
      },
    }),
  },
  { name: 'by GET', write: (kind, fields) => ({ ...byId(textOf)(kind, fields), options: { get: true } }) },
  {
    name: 'twice at the top',
    write: (kind, fields) => ({
      ...byId(textOf)(kind, fields),
      request: {
        query: `query ($id: ID!) { ${kind}(id: $id) { ${textOf(fields)} } again: ${kind}(id: $id) { ${textOf(fields)} } }`,
      },
    }),
  },
];
