/**
 * How one object is read where it stands in the answer of a call: its own fields as they were asked of the subgraph, and
 * between them the gaps for what other calls are asked of it. What the client did not ask for is left out.
 */
import { type FieldNode, Kind, type SelectionSetNode } from 'graphql';
import type { AskedField, AskedObject, AskedValue } from '../../asked-answer.ts';
import { ANY_SCALAR, leafPattern, scanFloat } from './leaf-patterns.ts';
import { NotInTexts } from './not-in-texts.ts';
import { act, inSequence, keep, leaveOut, listOf, literal, orNull, type Part, pattern, say } from './reading.ts';
import type { ToldEntity } from './told-entities.ts';

/** From the answer's root, without lists. */
export type TextPath = readonly string[];

/** A call for the entities that stand at a path. */
export interface PlacedCall {
  told: ToldEntity;
  /** Response keys of what it asks of them. */
  keys: ReadonlySet<string>;
  /** The number of its place. `asked`: those of its fields that stand there. Throws NotInTexts. */
  placeAt(path: TextPath, asked: AskedObject): number;
}

export interface OtherCalls {
  at(path: TextPath): readonly PlacedCall[];
  /** The number under which a leaf is kept while its object is read. */
  newLeaf(): number;
}

interface GapFor<Call> {
  call: Call;
  fields: AskedField[];
}

/** `isBare`: it is an entity's or the root's, whose braces are not written on. Throws NotInTexts. */
export function objectParts(
  asked: AskedObject,
  set: SelectionSetNode,
  path: TextPath,
  others: OtherCalls,
  isBare = false,
): Part[] {
  const named = new Map(asked.fields.map((field) => [field.key, field]));
  const own = fieldsIn(set, asked.type, (key) => named.has(key));
  const keys = new Set(own.map(keyOf));
  if (keys.size < own.length) throw new NotInTexts('a field that is asked for twice');
  // what else is asked of an entity stands in the object that it was found by
  const order = inOrder(asked, keys, isBare ? [] : others.at(path));
  const gaps = new Map<unknown, PlacedGap>(
    order.flatMap((each) => ('call' in each ? [[each, placed(each, asked, path)] as const] : [])),
  );
  const kept = new Map<string, number>();
  for (const { told } of gaps.values()) for (const leaf of told.leaves) kept.set(leaf, others.newLeaf());

  const parts = isBare ? [literal('{'), leaveOut] : [literal('{')];
  let written = 0;
  const leaveGaps = (): void => {
    for (let gap = gaps.get(order[written]); gap; gap = gaps.get(order[written])) {
      parts.push(...gapParts(gap.place, written === 0));
      written += 1;
    }
  };
  for (const [index, node] of own.entries()) {
    const key = keyOf(node);
    const field = named.get(key);
    if (field) leaveGaps();
    if (field && order[written] !== field) throw new NotInTexts('fields in another order');
    const value = fieldParts(field, node, asked.type, [...path, key], others);
    parts.push(
      ...nameParts(key, { isAsked: field !== undefined, isFirst: index === 0, isFirstWritten: written === 0 }),
      ...keptLeaf(kept.get(key), value),
    );
    if (field) written += 1;
    else parts.push(leaveOut);
  }
  leaveGaps();
  for (const gap of gaps.values()) parts.push(toldPart(gap, kept, keys));
  return isBare ? [...parts, keep, literal('}')] : [...parts, literal('}')];
}

interface PlacedGap {
  place: number;
  told: ToldEntity;
}

const placed = ({ call, fields }: GapFor<PlacedCall>, { type }: AskedObject, path: TextPath): PlacedGap => ({
  place: call.placeAt(path, { type, fields }),
  told: call.told,
});

const gapParts = (place: number, isFirstWritten: boolean): Part[] => [
  keep,
  ...(isFirstWritten ? [] : [say(',')]),
  act(({ pieces, keys }) => pieces.push({ place, index: keys[place]?.length ?? 0 })),
];

/** What stands before a value. The comma there is the client's, too, where something comes before it in both texts. */
function nameParts(
  key: string,
  { isAsked, isFirst, isFirstWritten }: Record<'isAsked' | 'isFirst' | 'isFirstWritten', boolean>,
): Part[] {
  const [comma, name] = [literal(','), literal(`"${key}":`)];
  if (!isAsked) return isFirst ? [keep, name] : [keep, comma, name];
  if (isFirst) return isFirstWritten ? [name] : [say(','), name];
  return isFirstWritten ? [keep, comma, leaveOut, name] : [comma, name];
}

/**
 * The client's fields, own ones and those of calls, each of which fills one gap. Throws NotInTexts where a call's stand
 * apart, or it has none.
 */
export function inOrder<Call extends Pick<PlacedCall, 'keys'>>(
  { fields }: AskedObject,
  own: ReadonlySet<string>,
  calls: readonly Call[],
): (AskedField | GapFor<Call>)[] {
  const order: (AskedField | GapFor<Call>)[] = [];
  for (const field of fields) {
    const having = calls.filter(({ keys }) => keys.has(field.key));
    const [call] = having;
    if (having.length + Number(own.has(field.key)) !== 1) throw new NotInTexts('a field of no call, or of several');
    const last = order.at(-1);
    if (!call) order.push(field);
    else if (last && 'call' in last && last.call === call) last.fields.push(field);
    else if (order.some((each) => 'call' in each && each.call === call))
      throw new NotInTexts('fields of a call that stand apart');
    else order.push({ call, fields: [field] });
  }
  if (order.filter((each) => 'call' in each).length < calls.length)
    throw new NotInTexts('a call for nothing that was asked');
  return order;
}

const keyOf = ({ alias, name }: FieldNode): string => (alias ?? name).value;

/** A field under a condition is there where it was asked for. */
function fieldsIn({ selections }: SelectionSetNode, type: string, isAsked: (key: string) => boolean): FieldNode[] {
  return selections.flatMap((selection) => {
    const isOpen = (selection.directives ?? []).length > 0;
    if (selection.kind === Kind.FIELD) return isOpen && !isAsked(keyOf(selection)) ? [] : [selection];
    if (selection.kind === Kind.FRAGMENT_SPREAD || selection.typeCondition?.name.value !== type)
      throw new NotInTexts('a fragment on another type');
    const inner = fieldsIn(selection.selectionSet, type, isAsked);
    return isOpen ? inner.filter((field) => isAsked(keyOf(field))) : inner;
  });
}

/** `field`: undefined where it was not asked for. */
function fieldParts(
  field: AskedField | undefined,
  { name, selectionSet }: FieldNode,
  type: string,
  path: TextPath,
  others: OtherCalls,
): Part[] {
  if (name.value === '__typename') return [literal(`"${type}"`)];
  if (field) return valueParts(field.value, selectionSet, path, others);
  if (selectionSet) throw new NotInTexts('an object that was not asked for');
  return [pattern(ANY_SCALAR)];
}

function valueParts(value: AskedValue, set: SelectionSetNode | undefined, path: TextPath, others: OtherCalls): Part[] {
  if (value.kind === 'type name') throw new NotInTexts('a name of a type under another key');
  if (value.kind === 'leaf') {
    if (value.leaf === 'float') return [{ kind: 'scan', scan: value.isNullable ? orNull(scanFloat) : scanFloat }];
    const leaf = leafPattern(value.leaf);
    return [pattern(value.isNullable ? `(?:${leaf}|null)` : leaf)];
  }
  if (value.kind === 'list') {
    const list = listOf(inSequence(valueParts(value.item, set, path, others)));
    return [{ kind: 'scan', scan: value.isNullable ? orNull(list) : list }];
  }
  if (!set) throw new NotInTexts('an object without fields');
  const parts = objectParts(value.object, set, path, others);
  return value.isNullable ? [{ kind: 'scan', scan: orNull(inSequence(parts)) }] : parts;
}

/** What is read of a leaf is kept for who is told of it. */
function keptLeaf(number: number | undefined, parts: readonly Part[]): readonly Part[] {
  if (number === undefined) return parts;
  const begin = act((reading, at) => {
    reading.leaf = at;
  });
  const end = act((reading, at) => {
    reading.leaves[number] = reading.text.slice(reading.leaf, at);
  });
  return [begin, ...parts, end];
}

/** Once all of the object is read: its key may stand behind the gap. */
function toldPart({ told, place }: PlacedGap, kept: ReadonlyMap<string, number>, own: ReadonlySet<string>): Part {
  if (!own.has('__typename') || !told.leaves.every((leaf) => own.has(leaf)))
    throw new NotInTexts('an entity that is told by what another call is asked');
  const numbers = told.leaves.map((leaf) => kept.get(leaf) ?? 0);
  return act(({ keys, leaves }) => {
    keys[place]?.push(told.keyOf(numbers.map((number) => leaves[number] ?? '')));
  });
}
