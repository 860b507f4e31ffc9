/** What a test file opened is closed after its last test, newest first; nobody has to remember. */
const closers: (() => Promise<unknown>)[] = [];

export const atEnd = (close: () => Promise<unknown>): void => void closers.push(close);

/** What `after-each-file.ts` does: files share a process, and this list. */
export async function closeAll(): Promise<void> {
  for (const close of closers.splice(0).reverse()) await close();
}
