import { describe, expect, it } from 'vitest';
import { createPlanningTurns } from '../policy/throttles/planning-turns.ts';
import { createPreparation } from './preparation.ts';

/** Work that ends when it is told to, in turns of one. */
function controlled() {
  const turns = createPlanningTurns({ atOnce: 1, waiting: 2, waitingInAll: 100 });
  const work = Promise.withResolvers<string>();
  let begun = 0;
  let ended = 0;
  const preparation = createPreparation(
    () => {
      begun += 1;
      return work.promise;
    },
    () => {
      ended += 1;
    },
  );
  const other = Promise.withResolvers<void>();
  return {
    ...preparation,
    begun: () => begun,
    ended: () => ended,
    inTurn: (client: string) => preparation.inTurn(client, turns),
    /** Something else of this client's, which has the turn until it is told. */
    occupy: (client: string) => turns.take(client, () => other.promise),
    free: () => other.resolve(),
    succeed: () => work.resolve('plan'),
    fail: () => work.reject(new Error('It does not plan.')),
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

describe('an operation is made ready', () => {
  it('once, whoever asks meanwhile and afterwards', async () => {
    const { inTurn, now, ready, begun, ended, succeed } = controlled();
    const asked = [inTurn('one'), inTurn('one'), inTurn('other'), now()];
    expect([begun(), ready()]).toEqual([1, null]);
    succeed();
    expect(await Promise.all(asked)).toEqual(['plan', 'plan', 'plan', 'plan']);
    expect([begun(), ready(), ended()]).toEqual([1, 'plan', 0]);
  });

  it('at the first turn that one of them has: who has sent nothing else does not wait behind a flood', async () => {
    const { inTurn, occupy, free, begun, succeed } = controlled();
    const [first, second] = [occupy('flood'), occupy('flood')];
    const slow = inTurn('flood');
    const quick = inTurn('other');
    free();
    succeed();
    expect(await quick).toBe('plan');
    expect([begun(), await slow]).toEqual([1, 'plan']);
    await Promise.all([first, second]);
  });

  it('without a turn where it is the gateway’s own wish', async () => {
    const { now, occupy, free, begun, succeed } = controlled();
    const other = occupy('flood');
    const made = now();
    expect(begun()).toBe(1);
    succeed();
    expect(await made).toBe('plan');
    free();
    await other;
  });
});

describe('nothing is kept', () => {
  it('of what failed: everybody who waits is told', async () => {
    const { inTurn, fail, ended } = controlled();
    const asked = [inTurn('one'), inTurn('other')].map(failure);
    fail();
    expect(await Promise.all(asked)).toEqual([new Error('It does not plan.'), new Error('It does not plan.')]);
    expect(ended()).toBe(1);
  });

  it('where nobody who asked was given a turn', async () => {
    const { inTurn, occupy, free, begun, ended } = controlled();
    const others = [occupy('flood'), occupy('flood'), occupy('flood')];
    expect(await failure(inTurn('flood'))).toMatchObject({ extensions: { code: 'LIMIT_PLANNING' } });
    expect([begun(), ended()]).toEqual([0, 1]);
    free();
    await Promise.all(others);
  });

  it('but where somebody else still waits for a turn', async () => {
    const { inTurn, occupy, free, succeed, ended } = controlled();
    const others = [occupy('flood'), occupy('flood'), occupy('flood')];
    const waiting = inTurn('one');
    await failure(inTurn('flood'));
    await settled();
    expect(ended()).toBe(0);
    free();
    succeed();
    expect(await waiting).toBe('plan');
    await Promise.all(others);
  });
});
