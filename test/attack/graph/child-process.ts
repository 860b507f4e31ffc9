/** A program of the graph's in a process of its own, which ends with this one. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startFlags } from '../../kit/start-flags.ts';

const ROOT = join(import.meta.dirname, '../../..');
const LONGEST_START_MS = 180_000;

interface Program {
  /** All that it has written so far. */
  said(): string;
  /** Memory that it holds, in bytes; 0 where the system does not say. */
  memory(): number;
  isAlive(): boolean;
  /** Resolves when a line like this was written; rejects where the program ends before. */
  says(line: RegExp): Promise<RegExpExecArray>;
  stop(): Promise<void>;
}

/**
 * As `npm run` starts it. Of the environment it gets what a shell needs and `settings`: the attack's own settings are not
 * the graph's.
 */
export function startProgram(script: 'gateway' | 'subgraphs', settings: Readonly<Record<string, string>>): Program {
  const { PATH, LANG, HOME } = process.env;
  const child = spawn(process.execPath, [...startFlags(script), join(ROOT, script, 'main.ts')], {
    cwd: ROOT,
    env: { PATH, LANG, HOME, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  process.once('exit', () => child.kill('SIGTERM'));
  const parts: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => parts.push(text));
  const said = () => parts.join('');
  const isAlive = () => child.exitCode === null && child.signalCode === null;
  return {
    said,
    isAlive,
    memory: () => residentMemory(child.pid),
    async says(line) {
      for (const deadline = Date.now() + LONGEST_START_MS; Date.now() < deadline && isAlive(); await sleep(100)) {
        const found = line.exec(said());
        if (found) return found;
      }
      throw new Error(`Expected npm run ${script} to start. It said:\n${said()}`);
    },
    stop: () => stop(child, isAlive),
  };
}

async function stop(child: ChildProcess, isAlive: () => boolean): Promise<void> {
  if (!isAlive()) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await exit;
}

function residentMemory(pid: number | undefined): number {
  try {
    const [, kilobytes = '0'] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kilobytes) * 1024;
  } catch {
    return 0;
  }
}
