/** What a test file opened is closed after its last test, newest first; nobody has to remember. */
import { afterAll } from 'vitest';

const closers: (() => Promise<unknown>)[] = [];

export const atEnd = (close: () => Promise<unknown>): void => void closers.push(close);

// Vitest loads this module once per test file, so the hook is that file's own.
afterAll(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
