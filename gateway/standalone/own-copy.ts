/**
 * What one side of a call in process hands to the other, as the other's own: what JSON text would make of it, without the
 * text. A resolver may give away what it keeps, and a gateway adds to what it is given.
 */

/** Thrown where there is more of it than there may be. */
export class TooLarge extends Error {
  override name = 'TooLarge';
}

/** `most`: characters, of keys and strings; everything else counts as one. */
export function ownCopy<Value>(value: Value, most = Number.POSITIVE_INFINITY): Value {
  let left = most;
  const copied = (given: unknown): unknown => {
    left -= typeof given === 'string' ? given.length : 1;
    if (left < 0) throw new TooLarge(`Expected no more than ${most} characters.`);
    if (typeof given === 'string' || typeof given === 'boolean' || given === null) return given;
    // without the zero that is below zero
    if (typeof given === 'number') return Number.isFinite(given) ? given + 0 : null;
    if (Array.isArray(given)) return given.map((item: unknown) => copied(item) ?? null);
    if (isPlain(given)) return copiedObject(given);
    // a date, and whatever else is written in a way of its own; nothing, where JSON has nothing for it
    const text: string | undefined = JSON.stringify(given);
    return text === undefined ? undefined : copied(JSON.parse(text));
  };
  const copiedObject = (given: Record<string, unknown>): Record<string, unknown> => {
    const object: Record<string, unknown> = {};
    for (const key of Object.keys(given)) {
      left -= key.length;
      const item = copied(given[key]);
      // an assignment to it would change what the object is, and nothing of ours has this name
      if (item === undefined || key === '__proto__') continue;
      object[key] = item;
    }
    return object;
  };
  return copied(value) as Value;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // of graphql-js's making
  if (prototype === null) return true;
  return prototype === Object.prototype && typeof (value as { toJSON?: unknown }).toJSON !== 'function';
}
