/**
 * A small world: what there is, whole, and the subgraphs among which it is shared out. From one description come the
 * subgraphs (each knows its own fields, and of others' only what the gateway sends along) and one plain schema over the
 * same things, which knows everything: what that answers is right by the specification.
 */

import type { Caller } from '../../../subgraphs/kernel/caller.ts';

/** A thing as resolvers see it: whole, or as much as a subgraph has of it. */
export type Source = Readonly<Record<string, unknown>>;

/** With `__typename`, and what it refers to in place: things may go round in circles. */
export type Thing = Source & { readonly __typename: string };

/** What an operation changes as it runs. */
export interface Run {
  /** What was changed, in order. */
  done: string[];
}

export type ResolveField = (source: Source, args: Source, run: Run) => unknown;

/** By type and field; a field that an interface has may stand at the interface. Any other is read from its thing. */
export type Fields = Readonly<Record<string, Readonly<Record<string, ResolveField>>>>;

export interface WorldSubgraph {
  name: string;
  typeDefs: string;
  /** Taken as it is: with links of its own, or for Federation 1 without. */
  hasOwnLinks?: boolean;
  /** What this subgraph answers otherwise than the whole does, and should not be asked for. */
  fields?: Fields;
}

export interface World {
  name: string;
  /** What an engine gets wrong here that is not careful. */
  trap: string;
  subgraphs: readonly WorldSubgraph[];
  /** Those that have keys: by these they are found again. */
  things: readonly Thing[];
  /** What both the subgraphs and the whole compute. */
  fields: Fields;
  /** Whether changes are left out: where the gateway has rules of its own on what may be written. */
  onlyQueries?: boolean;
  /** Who asks, where not everybody may: one who may read everything. */
  caller?: Caller;
  /** What the whole computes from more than a subgraph has: a field that `@requires` another with arguments. */
  whole?: Fields;
}

/** Of the first names that have one: a type's own, then its interfaces'. */
export function fieldOf(fields: Fields, typeNames: readonly string[], name: string): ResolveField | undefined {
  for (const typeName of typeNames) {
    const ofType = Object.hasOwn(fields, typeName) ? fields[typeName] : undefined;
    if (ofType && Object.hasOwn(ofType, name)) return ofType[name];
  }
  return undefined;
}
