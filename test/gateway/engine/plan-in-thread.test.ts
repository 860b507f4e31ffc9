/** The thread that plans: what it answers, and that it is replaced where it does not. */
import { readdirSync } from 'node:fs';
import { constants, getPriority } from 'node:os';
import { setTimeout as passed } from 'node:timers/promises';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { afterEach, describe, expect, it } from 'vitest';
import { mendSupergraph } from '../../../gateway/engine/planner/mended-supergraph.ts';
import { createStartPlanner } from '../../../gateway/engine/planner/plan-in-thread.ts';
import type { Planner } from '../../../gateway/engine/planner/planner.ts';

const FEDERATION = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key"])\n`;

const { supergraphSdl = '' } = composeServices([
  {
    name: 'one',
    url: '',
    typeDefs: parse(`${FEDERATION} type Query { thing: Thing } type Thing @key(fields: "id") { id: ID! }`),
  },
  { name: 'two', url: '', typeDefs: parse(`${FEDERATION} type Thing @key(fields: "id") { id: ID! size: Int }`) },
]);
const { sdl } = mendSupergraph(supergraphSdl.replaceAll('for: SECURITY', 'for: EXECUTION'));

const STUCK_THREAD = new URL('./stuck-thread.ts', import.meta.url);

let planner: Planner | undefined;
afterEach(() => planner?.close());

const kindOf = async (planning: Promise<{ node?: { kind: string } }>) => (await planning).node?.kind;

describe('the thread that plans', () => {
  it('answers each with its own plan, however many ask at once', async () => {
    planner = await createStartPlanner()(sdl);
    const [small, large] = [parse('{ thing { id } }'), parse('{ thing { size } }')];
    const planned = [small, large, small, large].map((operation) => planner?.plan(operation) ?? Promise.reject());
    expect(await Promise.all(planned.map(kindOf))).toEqual(['Fetch', 'Sequence', 'Fetch', 'Sequence']);
  });

  it.runIf(process.platform === 'linux')(
    'gives way to all others of its process, which stay as they were, and is not kept from planning by them',
    async () => {
      const lower = constants.priority.PRIORITY_BELOW_NORMAL / 2;
      const before = getPriority();
      planner = await createStartPlanner()(sdl);
      const priorities = readdirSync('/proc/self/task').map((thread) => getPriority(Number(thread)));
      expect(priorities.filter((priority) => priority === lower)).toHaveLength(1);
      expect(new Set(priorities)).toEqual(new Set([before, lower]));
      expect(getPriority()).toBe(before);
    },
  );

  it('says what it could not plan, and goes on', async () => {
    planner = await createStartPlanner()(sdl);
    await expect(planner.plan(parse('{ nothing }'))).rejects.toThrow(/nothing/);
    expect(await kindOf(planner.plan(parse('{ thing { id } }')))).toBe('Fetch');
  });

  it('is replaced where a plan takes too long: that one fails, and those that waited for it are planned', async () => {
    planner = await createStartPlanner({ mostMs: 1_000, thread: STUCK_THREAD })('');
    const [first, second] = [planner.plan(parse('{ stuck }')), planner.plan(parse('{ thing }'))];
    await expect(first).rejects.toThrow('It took too long to plan.');
    expect(await second).toMatchObject({ kind: 'QueryPlan' });
  });

  it('is replaced where a plan takes too much memory: that one fails, and those that waited for it are planned', async () => {
    const memory = { maxOldGenerationSizeMb: 24 };
    planner = await createStartPlanner({ memory, thread: STUCK_THREAD })('');
    const planned = ['{ filling }', '{ thing }', '{ thing }'].map((text) => planner?.plan(parse(text)));
    await expect(planned[0]).rejects.toThrow(/memory/);
    for (const others of planned.slice(1)) expect(await others).toMatchObject({ kind: 'QueryPlan' });
  });

  it('fails what takes too long and nothing else, also where that is asked for while the thread is replaced', async () => {
    planner = await createStartPlanner({ mostMs: 1_000, thread: STUCK_THREAD })('');
    const { plan } = planner;
    const [first, waiting] = [plan(parse('{ stuck }')), plan(parse('{ thing }'))];
    const next = first.catch(() => plan(parse('{ next: stuck }')));
    next.catch(() => {});
    expect(await waiting).toMatchObject({ kind: 'QueryPlan' });
    await expect(next).rejects.toThrow('It took too long to plan.');
  });

  it('is replaced where a plan takes too long, however often others ask meanwhile', async () => {
    planner = await createStartPlanner({ mostMs: 1_000, thread: STUCK_THREAD })('');
    const { plan } = planner;
    const stuck = plan(parse('{ stuck }'));
    const others: Promise<unknown>[] = [];
    const asking = setInterval(() => others.push(plan(parse('{ thing }'))), 100);
    const first = await Promise.race([stuck.catch((error: Error) => error.message), passed(5_000, 'never')]);
    clearInterval(asking);
    expect(first).toBe('It took too long to plan.');
    expect(new Set((await Promise.all(others)).map((each) => (each as { kind: string }).kind))).toEqual(
      new Set(['QueryPlan']),
    );
  });

  it('ends where nobody asks for anything, and is there again for who does', async () => {
    planner = await createStartPlanner({ idleMs: 1, thread: STUCK_THREAD })('');
    const planned = async () => JSON.stringify(await planner?.plan(parse('{ thing }')));
    const first = await planned();
    await expect.poll(planned).not.toBe(first);
  });

  it('takes no supergraph that the planner does not take', async () => {
    await expect(createStartPlanner()('type Query { a: Int }')).rejects.toThrow();
  });

  it('once closed fails what waits for it, and what comes', async () => {
    planner = await createStartPlanner()(sdl);
    const waiting = planner.plan(parse('{ thing { id } }'));
    waiting.catch(() => {});
    await planner.close();
    await expect(waiting).rejects.toThrow('closed');
    await expect(planner.plan(parse('{ thing { id } }'))).rejects.toThrow('closed');
  });
});
