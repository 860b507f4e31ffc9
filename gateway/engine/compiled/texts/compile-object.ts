/**
 * How one object is read where it stands in the answer of a call: its own fields as they were asked of the subgraph, and
 * between them the gaps for what other calls are asked of it. What the client did not ask for is left out.
 */
import { type FieldNode, Kind, type SelectionSetNode } from 'graphql';
import type { AskedField, AskedObject, AskedValue } from '../../asked-answer.ts';
import { ANY_SCALAR, leafPattern } from './leaf-patterns.ts';
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
  isAnyBelow(path: TextPath): boolean;
  /** The number under which a leaf is kept while its object is read. */
  newLeaf(): number;
}

interface GapFor<Call> {
  call: Call;
  fields: AskedField[];
}

/** `isBare`: its braces are not written on. Throws NotInTexts. */
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
  const calls = isBare ? [] : others.at(path);
  const order = inOrder(asked, keys, calls);
  const gaps = order.filter((each) => 'call' in each);
  if (gaps.length < calls.length) throw new NotInTexts('a call for nothing that was asked');
  const kept = new Map<string, number>();
  for (const { call } of gaps) for (const leaf of call.told.leaves) kept.set(leaf, others.newLeaf());
  const places = new Map(
    gaps.map(({ call, fields }) => [call, call.placeAt(path, { type: asked.type, fields })] as const),
  );

  const parts = isBare ? [literal('{'), leaveOut] : [literal('{')];
  let next = 0;
  const leaveGaps = (): void => {
    for (let gap = order[next]; gap && 'call' in gap; gap = order[next]) {
      const place = places.get(gap.call) ?? 0;
      parts.push(keep);
      if (next > 0) parts.push(say(','));
      parts.push(act(({ pieces, keys: found }) => pieces.push({ place, index: found[place]?.length ?? 0 })));
      next += 1;
    }
  };
  for (const [index, node] of own.entries()) {
    const key = keyOf(node);
    const field = named.get(key);
    if (field) leaveGaps();
    if (field && order[next] !== field) throw new NotInTexts('fields in another order');
    const comma = index > 0 ? [literal(',')] : [];
    if (!field) parts.push(keep, ...comma);
    // the comma before it is the client's, too, where both have one
    else if (next === 0) parts.push(...(index > 0 ? [keep, ...comma, leaveOut] : []));
    else parts.push(...(index > 0 ? comma : [say(',')]));
    parts.push(
      literal(`"${key}":`),
      ...keptLeaf(kept.get(key), fieldParts(field, node, asked.type, [...path, key], others)),
    );
    if (field) next += 1;
    else parts.push(leaveOut);
  }
  leaveGaps();
  for (const { call } of gaps) parts.push(...toldParts(call.told, places.get(call) ?? 0, kept, keys));
  if (isBare) parts.push(keep);
  return [...parts, literal('}')];
}

/** The client's fields; those of one call as the one gap that they fill. Throws NotInTexts where they stand apart. */
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
function toldParts(
  told: ToldEntity,
  place: number,
  kept: ReadonlyMap<string, number>,
  own: ReadonlySet<string>,
): Part[] {
  if (!own.has('__typename') || !told.leaves.every((leaf) => own.has(leaf)))
    throw new NotInTexts('an entity that is told by what another call is asked');
  const numbers = told.leaves.map((leaf) => kept.get(leaf) ?? 0);
  return [
    act(({ keys, leaves }) => {
      keys[place]?.push(told.keyOf(numbers.map((number) => leaves[number] ?? '')));
    }),
  ];
}
