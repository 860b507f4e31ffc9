import { expect, it } from 'vitest';
import { createBackend } from '../contenders/programs/backend.ts';
import { createSubgraphs } from '../contenders/programs/subgraphs-in-process.ts';
import { OPERATIONS } from './operations.ts';

it('the two operations are as large, and call as often, as the bench says; no two requests make the same call', async () => {
  const run = createSubgraphs();
  const calls: string[] = [];
  const backend = createBackend(async (...call) => {
    calls.push(JSON.stringify(call));
    const { data } = await run(...call);
    return JSON.parse(JSON.stringify(data));
  });
  const [big, small] = [OPERATIONS.big.variables, OPERATIONS.small.variables];
  expect([big.length, small.length]).toEqual([64, 64]);
  for (const [ask, variables, size, calling] of [
    [backend.Roster, big, [35_000, 37_000], 5],
    [backend.Student, small, [800, 1_000], 1],
  ] as const) {
    calls.length = 0;
    for (const given of variables.slice(0, 8)) {
      const { length } = JSON.stringify({ data: await ask(given as never) });
      expect(length).toBeGreaterThan(size[0]);
      expect(length).toBeLessThan(size[1]);
    }
    expect(new Set(calls).size).toBe(8 * calling);
  }
});
