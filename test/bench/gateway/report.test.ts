import { describe, expect, it } from 'vitest';
import type { Contender } from '../contenders/contender.ts';
import { CONTENDERS } from '../contenders/registry.ts';
import { problemOf } from './check-answers.ts';
import type { Figures, Measured } from './measure.ts';
import { report } from './report.ts';
import { reach, speedRatio } from './targets.ts';

const named = (name: string): Contender => {
  const contender = CONTENDERS.find((each) => each.name === name);
  if (!contender) throw new Error(`There is no contender ${name}.`);
  return contender;
};

const figures = (name: string, cpu: readonly number[], memory = 100e6): Figures => ({
  contender: named(name),
  cpu,
  perSecond: 1_000 / (cpu[0] ?? 1),
  p50: 1,
  p99: 2,
  memory,
  subgraphCalls: 5,
  failed: 0,
});

const MEASURED: Measured = {
  size: 'big',
  rate: 40,
  figures: [figures('stock', [8, 16, 10], 300e6), figures('text', [1, 2, 2], 200e6)],
  subgraphsShare: 0.2,
  othersShare: 0,
  executed: 0,
};

describe('the report', () => {
  it('compares two contenders round by round', () => {
    const [stock, text] = MEASURED.figures as [Figures, Figures];
    expect(speedRatio(text, stock)).toBe(8);
  });

  it('says of each target whether it is met, or that it was not measured', () => {
    const reached = reach([MEASURED]);
    const of = (contender: string, against: string) =>
      reached.filter((each) => each.contender === contender && each.against === against);
    expect(of('text', 'stock')).toMatchObject([
      { of: 'speed', value: 7, reached: 8, isMet: true },
      { of: 'memory', value: 0.6, reached: expect.closeTo(2 / 3), isMet: false },
    ]);
    expect(of('text', 'hive')).toMatchObject([{ reached: null, isMet: false }]);
    expect(reached.every(({ size }) => size === 'big')).toBe(true);
  });

  it('tells figures, targets and who is missing', () => {
    const text = report([MEASURED], {
      command: 'npm run bench -- gateway',
      machine: 'a machine',
      at: new Date('2026-11-27T09:00:00Z'),
      contenders: CONTENDERS,
      missing: new Map([['Grafbase', 'npm could not install it']]),
    });
    expect(text).toContain('2026-11-27, `npm run bench -- gateway`, on a machine.');
    expect(text).toContain('| ours, operations as text | 1.000–2.000 | 8.0 | – | – | 1000 | 1.00 | 2.00 | 200 | 5.0 |');
    expect(text).toContain(
      '| big: ours, operations as text | memory against @apollo/gateway + @apollo/server | at most 0.60 | 0.67 | **short** |',
    );
    expect(text).toContain('Without Grafbase: npm could not install it');
  });
});

describe('answers are looked at before anything is measured', () => {
  const expected = [{ data: { a: 1 } }, { data: { a: [1.5, null] } }];
  const answers = ['{"data":{"a":1.0}}', '{"data":{"a":[1.5,null]}}'].map((body) => ({ status: 200, body }));

  it('and right however they are written', () => {
    expect(problemOf(answers, expected)).toBeNull();
  });

  it.each([
    [[...answers.slice(1)], /the answer to request 0 is not the right one/],
    [[{ status: 500, body: 'no' }, ...answers.slice(1)], /request 0 was answered with 500: no/],
    [answers.slice(0, 1), /there were 1 answers/],
    [[answers[0], { status: 200, body: 'no JSON' }], /the answer to request 1 is not the right one: no JSON/],
  ])('or not: %j', (wrong, problem) => {
    expect(problemOf(wrong as typeof answers, expected)).toMatch(problem);
  });
});
