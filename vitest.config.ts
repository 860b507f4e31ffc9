import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// the two processes of a run, and the programs that tests start, load the same large packages: they are compiled once
// (https://nodejs.org/api/module.html#module-compile-cache)
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules/.cache/node');

const everyTest = {
  exclude: ['**/node_modules/**', '**/.data/**'],
  testTimeout: 30_000,
  hookTimeout: 120_000,
  // nearly all files load the same packages, which costs more than most tests: they share a process, and what it has loaded
  isolate: false,
  setupFiles: ['test/kit/after-each-file.ts'],
};

// one copy of graphql: Node itself loads this file, the bundler's resolver would take the other build beside it
const resolve = { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] };

export default defineConfig({
  test: {
    // one PostgreSQL server for both
    globalSetup: ['test/kit/global-setup.ts'],
    maxWorkers: 2,
    projects: [
      {
        resolve,
        test: { ...everyTest, name: 'all', include: ['**/*.test.ts'], provide: { transport: 'in-process' } },
      },
      {
        resolve,
        test: {
          ...everyTest,
          name: 'over HTTP',
          include: ['test/federation/**/*.test.ts'],
          provide: { transport: 'http' },
        },
      },
    ],
  },
});
