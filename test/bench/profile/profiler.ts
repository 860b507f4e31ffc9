/** The profiler of another Node process, over its inspector: of the time between two moments, not of its start. */
import type { Program } from '../machine/program.ts';
import type { CpuProfile } from './time-shares.ts';

/** Node's, for a process that is to be profiled. */
export const PROFILED = ['--inspect=127.0.0.1:0'];

const SAMPLE_US = 250;

/** What the process did while `work` was done. */
export async function profileWhile(program: Program, work: () => Promise<unknown>): Promise<CpuProfile> {
  const [address] = await program.says(/ws:\/\/\S+/);
  const session = await openSession(address);
  try {
    await session.ask('Profiler.enable');
    await session.ask('Profiler.setSamplingInterval', { interval: SAMPLE_US });
    await session.ask('Profiler.start');
    await work();
    const { profile } = (await session.ask('Profiler.stop')) as { profile: CpuProfile };
    return profile;
  } finally {
    session.close();
  }
}

/** https://chromedevtools.github.io/devtools-protocol/v8/Profiler/ */
async function openSession(address: string) {
  const socket = new WebSocket(address);
  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', () => reject(new Error('The inspector did not answer.')));
  });
  socket.addEventListener('message', ({ data }) => {
    const { id, result, error } = JSON.parse(String(data)) as { id: number; result: unknown; error?: Error };
    if (error) waiting.get(id)?.reject(new Error(error.message));
    else waiting.get(id)?.resolve(result);
    waiting.delete(id);
  });
  let last = 0;
  return {
    ask(method: string, params: object = {}): Promise<unknown> {
      const id = ++last;
      socket.send(JSON.stringify({ id, method, params }));
      return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
    },
    close: () => socket.close(),
  };
}
