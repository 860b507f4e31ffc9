import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { table, withMeasured } from './write-table.ts';

const README = `Before
<!-- policy: written by npm run bench -- policy -->
old
<!-- end of policy -->
After
`;

it('what was measured takes the place of what was measured before, and all else stays', () => {
  const written = withMeasured(README, 'policy', 'new');
  expect(written).toBe(README.replace('old', '\nnew\n'));
  expect(withMeasured(written, 'policy', 'new')).toBe(written);
  expect(() => withMeasured(README, 'gateway', 'new')).toThrow('<!-- gateway: written by npm run bench -- gateway -->');
});

it.each(['gateway', 'policy', 'flood'])('the README has a place for what %s measures', (name) => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  expect(withMeasured(readme, name, 'new')).toContain('\n\nnew\n\n');
});

it('a table has a row for each, under its head', () => {
  expect(table(['a', 'b'], 'lr', [['x', '1']])).toBe('| a | b |\n|---|--:|\n| x | 1 |');
});
