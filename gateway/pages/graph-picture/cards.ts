/** What of a graph the picture draws as cards: types that clients read, with connections drawn through to what they list. */
import type { OwnedField, OwnedType, Ownership } from './ownership.ts';

export interface Card {
  type: OwnedType;
  rows: OwnedField[];
  /** How many fields are not drawn, because the graph is large. */
  more: number;
}

export interface Edge {
  from: Card;
  /** Of `from.rows`. */
  row: number;
  to: Card;
}

export interface Drawn {
  cards: Card[];
  edges: Edge[];
  /** Inputs, enums and scalars, which are drawn by name alone. */
  chips: OwnedType[];
}

/** From here on a card shows its first rows only: the table beside the picture has all of them. */
const LARGE_GRAPH = 120;
const ROWS_IN_LARGE_GRAPH = 12;

export function cardsOf({ types }: Ownership): Drawn {
  const byName = new Map(types.map((type) => [type.name, type]));
  const drawn = types.filter((type) => isOutput(type) && !isPaging(type, byName));
  const most = drawn.length > LARGE_GRAPH ? ROWS_IN_LARGE_GRAPH : Number.POSITIVE_INFINITY;
  const cards = drawn.map((type) => {
    const rows = type.fields.slice(0, most);
    return { type, rows, more: type.fields.length - rows.length };
  });
  const cardOf = new Map(cards.map((card) => [card.type.name, card]));
  const edges = cards.flatMap((from) =>
    from.rows.flatMap(({ target }, row) => {
      const to = cardOf.get(listedBy(target, byName));
      return to ? [{ from, row, to }] : [];
    }),
  );
  return { cards, edges, chips: types.filter((type) => !isOutput(type)) };
}

const isOutput = ({ kind }: OwnedType): boolean => kind === 'object' || kind === 'interface' || kind === 'union';

type Types = ReadonlyMap<string, OwnedType>;

const target = (type: OwnedType | undefined, field: string): string | undefined =>
  type?.fields.find(({ name }) => name === field)?.target;

/** A Relay connection, its edge, or its page information (https://relay.dev/graphql/connections.htm). */
const isPaging = (type: OwnedType, types: Types): boolean =>
  type.name === 'PageInfo' || isConnection(type, types) || (type.name.endsWith('Edge') && !!target(type, 'cursor'));

const isConnection = (type: OwnedType, types: Types): boolean =>
  type.name.endsWith('Connection') && !!target(type, 'pageInfo') && nodeOf(type, types) !== undefined;

const nodeOf = (connection: OwnedType, types: Types): string | undefined =>
  target(types.get(target(connection, 'edges') ?? ''), 'node');

/** `StudentConnection` → `Student`; any other name as it is. */
function listedBy(name: string, types: Types): string {
  const type = types.get(name);
  return (type && isConnection(type, types) ? nodeOf(type, types) : undefined) ?? name;
}
