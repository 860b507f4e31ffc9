/** Waits for what may never be answered, for `patienceMs` milliseconds at the most; then throws `late`. It runs on unheard. */
export async function inTime<Value>(work: Promise<Value>, patienceMs: number, late: string): Promise<Value> {
  const { promise: over, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(late)), patienceMs);
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
  }
}
