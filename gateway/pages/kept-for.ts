/** What is read of a graph or its schema once, and forgotten with it. */

export function keptFor<Key extends object, Value>(read: (key: Key) => Value): (key: Key) => Value {
  const kept = new WeakMap<Key, { value: Value }>();
  return (key) => {
    const found = kept.get(key) ?? { value: read(key) };
    kept.set(key, found);
    return found.value;
  };
}
