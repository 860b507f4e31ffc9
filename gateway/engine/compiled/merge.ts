/** Puts together what several calls said of one object. */
import { type AnswerObject, isObject } from './places.ts';

/**
 * Changes `target`. A null never takes the place of data, and lists are merged item by item. `isShared`: another object has
 * what is in the source, too, and `target` gets its own.
 */
export function mergeInto(target: AnswerObject, source: AnswerObject, isShared = false): void {
  for (const key of Object.keys(source)) {
    // an assignment to it would change what the object is, and no field has this name
    if (key === '__proto__') continue;
    const [known, said] = [target[key], source[key]];
    // what every object inherits are functions
    if (known === undefined || typeof known === 'function') target[key] = isShared ? copied(said) : said;
    else if (isObject(known) && isObject(said)) mergeValues(known, isShared ? copied(said) : said);
    else if (said !== null) target[key] = isShared ? copied(said) : said;
  }
}

function mergeValues(known: AnswerObject, said: AnswerObject): void {
  if (known === said) return;
  if (!Array.isArray(known) || !Array.isArray(said)) {
    mergeInto(known, said);
    return;
  }
  for (const [index, item] of said.entries()) {
    const there: unknown = known[index];
    if (isObject(there) && isObject(item)) mergeValues(there, item);
    else if (item !== null || index >= known.length) known[index] = item;
  }
}

/** The same once more, with lists and objects of its own. */
function copied<Value>(value: Value): Value;
function copied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copied);
  if (!isObject(value)) return value;
  const copy: AnswerObject = {};
  for (const key of Object.keys(value)) if (key !== '__proto__') copy[key] = copied(value[key]);
  return copy;
}
