import { expect, it } from 'vitest';
import { createSpareTime } from './spare-time.ts';

/** A clock that somebody else turns. */
function clocked() {
  let ms = 0;
  let idleMs = 0;
  const ends: (() => void)[] = [];
  const turns: (() => void)[] = [];
  const later: { ms: number; work: () => void }[] = [];
  const piece = createSpareTime({
    now: () => ms,
    idle: () => idleMs,
    atEnd: (work) => ends.push(work),
    nextTurn: (work) => turns.push(work),
    after: (each, work) => later.push({ ms: each, work }),
  });
  const done: string[] = [];
  return {
    done,
    later,
    /** A piece that takes so long. */
    ask: (name: string, takesMs: number) =>
      piece().then(() => {
        done.push(name);
        ms += takesMs;
      }),
    /** What was begun is done, and everybody else has had a turn, which took as long. */
    async turn(othersMs = 0): Promise<void> {
      await Promise.resolve();
      for (const work of ends.splice(0)) work();
      ms += othersMs;
      for (const work of turns.splice(0)) work();
    },
    /** What the others had has passed, and as long as it takes them to end; they had nothing to do for a part of it. */
    async pass(idleFor = 1, lateMs = 0): Promise<void> {
      for (const each of later.splice(0)) {
        ms += each.ms + lateMs;
        idleMs += each.ms * idleFor;
        each.work();
      }
      await Promise.resolve();
    },
  };
}

it('a piece is begun at once where there is time', async () => {
  const { ask, done } = clocked();
  ask('1', 4);
  await Promise.resolve();
  expect(done).toEqual(['1']);
});

it('after each the others have as long as it took by itself, however long they had their turn meanwhile', async () => {
  const { ask, done, later, turn, pass } = clocked();
  for (const name of ['1', '2', '3']) ask(name, 4);
  await turn();
  expect([done, later.map(({ ms }) => ms)]).toEqual([['1'], [4]]);
  await pass();
  await turn(10);
  expect([done, later.map(({ ms }) => ms)]).toEqual([['1', '2'], [4]]);
});

it('who comes while the others have their time waits for its end, behind those that wait', async () => {
  const { ask, done, turn, pass } = clocked();
  ask('1', 4);
  await turn();
  ask('2', 1);
  ask('3', 1);
  await turn();
  expect(done).toEqual(['1']);
  for (const _each of [2, 3]) {
    await pass();
    await turn();
  }
  expect(done).toEqual(['1', '2', '3']);
});

it('where the others have work all the time, they have more of it; pieces are begun all the same', async () => {
  const { ask, done, later, turn, pass } = clocked();
  for (const name of ['1', '2']) ask(name, 4);
  await turn();
  for (let each = 0; each < 7; each += 1) await pass(0.1);
  expect([done, later.map(({ ms }) => ms)]).toEqual([['1'], [4]]);
  await pass(0.1);
  expect(done).toEqual(['1', '2']);
});

it('where timers come late the others have had so much more already', async () => {
  const { ask, done, turn, pass } = clocked();
  for (const name of ['1', '2']) ask(name, 4);
  await turn();
  await pass(0, 20);
  expect(done).toEqual(['1']);
  await pass(0, 20);
  expect(done).toEqual(['1', '2']);
});
