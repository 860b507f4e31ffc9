/** Chance that can be had again: a seed, the name of what it is for, and a number make one sequence. */
import { createHash } from 'node:crypto';

export interface Random {
  /** From 0 up to and without 1. */
  next(): number;
  /** A whole number from 0 up to and without `below`. */
  below(below: number): number;
  pick<Item>(items: readonly Item[]): Item;
  /** Different ones, in any order. */
  some<Item>(items: readonly Item[], count: number): Item[];
  chance(probability: number): boolean;
  bytes(length: number): Buffer;
}

export function createRandom(seed: number, name: string, number: number): Random {
  const next = sequence(createHash('sha256').update(`${seed}/${name}/${number}`).digest().readUInt32LE(0));
  const below = (limit: number) => Math.floor(next() * limit);
  const pick = <Item>(items: readonly Item[]): Item => {
    if (items.length === 0) throw new Error('Expected something to pick from: there is nothing.');
    return items[below(items.length)] as Item;
  };
  return {
    next,
    below,
    pick,
    some(items, count) {
      const left = [...items];
      return Array.from({ length: Math.min(count, left.length) }, () => left.splice(below(left.length), 1)).flat();
    },
    chance: (probability) => next() < probability,
    bytes: (length) => Buffer.from(Array.from({ length }, () => below(256))),
  };
}

/** Mulberry32 (public domain, Tommy Ettinger): small, quick, and good enough to choose by. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
