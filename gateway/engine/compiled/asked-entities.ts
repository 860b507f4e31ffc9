/** From the objects of an answer to the entities that a subgraph is asked for: each once, however often it stands there. */
import type { AnswerObject } from './places.ts';
import type { PlainEntity } from './plain-entities.ts';
import type { Represent } from './representations.ts';

interface AskedEntities {
  /** As JSON text. */
  representations: string[];
  /** For each target the number of its representation, counted in the order of the targets; -1 where it has none. */
  askedFor: number[];
}

/** Entities of one type, by the one leaf that tells them apart. */
interface OfType {
  plain: PlainEntity | null;
  numbers: Map<unknown, number>;
}

/** `represent`: of whatever is not plain. */
export function askedEntities(
  targets: readonly AnswerObject[],
  plainOf: (typeName: string) => PlainEntity | null,
  represent: Represent,
): AskedEntities {
  const representations: string[] = [];
  const askedFor: number[] = [];
  const types = new Map<unknown, OfType>();
  const texts = new Map<string, number>();
  const numberOfText = (text: string): number => {
    const known = texts.get(text);
    if (known !== undefined) return known;
    texts.set(text, representations.length);
    return representations.push(text) - 1;
  };
  const ofType = (name: unknown): OfType => {
    const made = { plain: typeof name === 'string' ? plainOf(name) : null, numbers: new Map() };
    types.set(name, made);
    return made;
  };
  const numberOf = (target: AnswerObject, { plain, numbers }: OfType): number => {
    if (!plain) {
      const representation = represent(target);
      return representation ? numberOfText(JSON.stringify(representation)) : -1;
    }
    const value = plain.key === null ? null : target[plain.key];
    const isKey = typeof value === 'string' || typeof value === 'number';
    const known = isKey ? numbers.get(value) : undefined;
    if (known !== undefined) return known;
    const text = plain.textOf(target);
    if (text === null) return -1;
    const number = isKey ? representations.push(text) - 1 : numberOfText(text);
    if (isKey) numbers.set(value, number);
    return number;
  };
  let name: unknown;
  let current: OfType | undefined;
  for (const target of targets) {
    if (!current || target.__typename !== name) {
      name = target.__typename;
      current = types.get(name) ?? ofType(name);
    }
    askedFor.push(numberOf(target, current));
  }
  return { representations, askedFor };
}
