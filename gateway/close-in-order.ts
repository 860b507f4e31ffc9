/** Closes what depends on each other, one after the other: what is not closed keeps its connections, and the process. */

/** Each is closed, whatever becomes of those before it. Throws the first error. */
export async function closeInOrder(...closes: readonly (() => Promise<unknown>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const close of closes) await close().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
