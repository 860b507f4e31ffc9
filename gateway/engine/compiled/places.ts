/** The objects of an answer that a step is for, and where they stand. */
import type { Path } from '../placed-errors.ts';
import type { PlanPath } from './steps.ts';

export type AnswerObject = Record<string, unknown>;

export const isObject = (value: unknown): value is AnswerObject => typeof value === 'object' && value !== null;

/** Finds the objects at a path, in the answer's order; what is null or absent on the way has none. */
type Gather = (root: unknown, found: AnswerObject[]) => void;

export const compileGather = (path: PlanPath): Gather =>
  keysOf(path).reduceRight<Gather>(
    (next, key) => {
      const gather: Gather = (value, found) => {
        if (Array.isArray(value)) for (const item of value) gather(item, found);
        else if (isObject(value) && Object.hasOwn(value, key)) next(value[key], found);
      };
      return gather;
    },
    function gather(value, found) {
      if (Array.isArray(value)) for (const item of value) gather(item, found);
      else if (isObject(value)) found.push(value);
    },
  );

/** The places of the same objects, in the same order: looked for only where there is an error to tell. */
export const placesAt = (root: unknown, path: PlanPath): Path[] => follow(root, keysOf(path), []);

/** The same objects, in the same order, each with those that it is in: from the answer's root to itself. */
export const chainsAt = (root: unknown, path: PlanPath): AnswerObject[][] => chains(root, keysOf(path), []);

/** Lists are looked into wherever they are, so that a path need not say it. */
const keysOf = (path: PlanPath): string[] => path.filter((key) => key !== '@');

function follow(value: unknown, keys: readonly string[], place: Path): Path[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => follow(item, keys, [...place, index]));
  if (!isObject(value)) return [];
  const [key, ...rest] = keys;
  if (key === undefined) return [place];
  return Object.hasOwn(value, key) ? follow(value[key], rest, [...place, key]) : [];
}

function chains(value: unknown, keys: readonly string[], around: readonly AnswerObject[]): AnswerObject[][] {
  if (Array.isArray(value)) return value.flatMap((item) => chains(item, keys, around));
  if (!isObject(value)) return [];
  const [key, ...rest] = keys;
  const chain = [...around, value];
  if (key === undefined) return [chain];
  return Object.hasOwn(value, key) ? chains(value[key], rest, chain) : [];
}
