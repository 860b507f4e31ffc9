import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { REQUIREMENTS, WAITING_PARTS } from './requirements.ts';
import { ROOT } from './source-files.ts';

/** Ids that stand in a test's or a group's title. */
const proved = new Set(
  globSync('{gateway,subgraphs,test}/**/*.test.ts', { cwd: ROOT })
    .map((path) => readFileSync(join(ROOT, path), 'utf8'))
    .flatMap((text) => [
      ...text.matchAll(/\b(?:it|test|describe)(?:\.each\([\s\S]*?\))?\(\s*(['"`])((?:(?!\1)[\s\S])*)\1/g),
    ])
    .flatMap(([, , title = '']) => title.match(/\b(?:S\d|B)-\d+[a-z]?\b/g) ?? []),
);

describe('requirements', () => {
  const done = Object.entries(REQUIREMENTS)
    .filter(([, [state]]) => state === 'done')
    .map(([id, [, asks]]) => ({ id, asks }));

  it.each(done)('$id has a test that names it: $asks', ({ id }) => {
    expect(proved).toContain(id);
  });

  it('a part that waits is of one that is done', () => {
    expect(Object.keys(WAITING_PARTS).filter((id) => REQUIREMENTS[id]?.[0] !== 'done')).toEqual([]);
  });

  it('a test names only ids that are in the list', () => {
    expect([...proved].filter((id) => !(id in REQUIREMENTS))).toEqual([]);
  });
});
