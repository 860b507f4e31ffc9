import { globSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ROOT } from './source-files.ts';

describe('installed packages', () => {
  it.each(['graphql', '@apollo/federation-internals'])('there is one copy of %s', (name) => {
    expect(globSync(`node_modules/**/node_modules/${name}/package.json`, { cwd: ROOT })).toEqual([]);
  });

  it('Node is the pinned one', () => {
    expect(process.version).toBe('v24.21.0');
  });
});
