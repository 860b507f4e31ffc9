import { expect, it } from 'vitest';
import { type AttackReport, withCounts, withSummary } from './report.ts';

const README = 'Before\n<!-- counts: written by npm run attack -->\n<!-- end of counts -->\nAfter\n';
const FACTS = { seed: 7, cores: 2, at: new Date('2026-11-22T10:00:00Z') };
const report = (name: string, tries: number, findings: number): AttackReport => ({
  attack: { name, seconds: 60 },
  counts: {
    tries,
    refused: tries - findings,
    served: 0,
    findings: Array.from({ length: findings }, () => ({ case: 1, found: 'Expected better.' })),
  },
  seconds: 12.3,
  wasCut: false,
});

it('writes a row for each attack, and leaves everything around it as it was', () => {
  const written = withCounts(README, [report('one', 1_000, 0)], FACTS);
  expect(written).toMatch(/^Before\n/);
  expect(written).toMatch(/\nAfter\n$/);
  expect(written).toContain('| `one` | 1,000 | 1,000 | 0 | 0 | 12 | 7 | 2 | 2026-11-22 |');
});

it('keeps the row of an attack that was not run, and replaces that of one that was', () => {
  const first = withCounts(README, [report('one', 1_000, 0), report('two', 20, 0)], FACTS);
  const second = withCounts(first, [report('two', 30, 1)], FACTS);
  expect(second.match(/^\| `\w+`.*/gm)).toEqual([
    expect.stringContaining('| `one` | 1,000 |'),
    expect.stringContaining('| `two` | 30 | 29 | 0 | 1 |'),
  ]);
});

it('says of an attack that was ended early that it was', () => {
  expect(withCounts(README, [{ ...report('one', 5, 0), wasCut: true }], FACTS)).toContain('| 5 (cut short) |');
});

it('sums the table up for the project’s README, and is not added to itself', () => {
  const counts = withCounts(README, [report('one', 1_000, 0), report('two', 20, 1)], FACTS);
  const once = withSummary('A <!-- written by npm run attack --><!-- end --> B', counts);
  expect(once).toContain('2 attacks, 1,020 tries, 1 findings; last run on 2026-11-22.');
  expect(withSummary(once, counts)).toBe(once);
});
