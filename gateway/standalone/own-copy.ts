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
  const take = (size: number): void => {
    left -= size;
    if (left < 0) throw new TooLarge(`Expected no more than ${most} characters.`);
  };
  const copied = (given: unknown): unknown => {
    if (typeof given === 'string') {
      take(given.length);
      return given;
    }
    take(1);
    if (given === null || typeof given === 'boolean') return given;
    // without the zero that is below zero
    if (typeof given === 'number') return Number.isFinite(given) ? given + 0 : null;
    if (Array.isArray(given)) return given.map((item: unknown) => copied(item) ?? null);
    if (isPlain(given)) {
      const object: Record<string, unknown> = {};
      for (const key of Object.keys(given)) {
        const item = copied(given[key]);
        // an assignment to it would change what the object is, and nothing of ours has this name
        if (item === undefined || key === '__proto__') continue;
        take(key.length);
        object[key] = item;
      }
      return object;
    }
    // a date, and whatever else is written in a way of its own; nothing, where JSON has nothing for it
    const text: string | undefined = JSON.stringify(given);
    return text === undefined ? undefined : copied(JSON.parse(text));
  };
  return copied(value) as Value;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || typeof (value as { toJSON?: unknown }).toJSON === 'function')
    return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
