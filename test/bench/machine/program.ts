/** A program in a process of its own, which ends with this one. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Place, pinned } from './cores.ts';

const ROOT = join(import.meta.dirname, '../../..');

const LONGEST_START_MS = 60_000;
const LONGEST_END_MS = 10_000;

export interface Program {
  pid: number;
  /** Resolves when a line like this was written; rejects where the program ends before. */
  says(line: RegExp): Promise<RegExpExecArray>;
  /** Resolves with the next message that it sends. */
  hears<Message>(): Promise<Message>;
  /** Sends it a message, and resolves with its answer. */
  ask<Message>(message: object): Promise<Message>;
  stop(): Promise<void>;
}

interface ProgramOptions {
  place: Place;
  cwd?: string;
  env?: Readonly<Record<string, string>>;
}

/** Of the environment it gets what a shell needs. A program of this project is told to serve as in production. */
export function startProgram(command: readonly string[], { place, cwd = ROOT, env = {} }: ProgramOptions): Program {
  const { PATH, HOME } = process.env;
  const [file = '', ...args] = pinned(place, command);
  const child = spawn(file, args, {
    cwd,
    env: { PATH, HOME, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const parts: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => parts.push(text));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()).once('error', () => resolve()));
  const isAlive = () => child.exitCode === null && child.signalCode === null && child.pid !== undefined;
  const endedEarly = () => new Error(`It ended too early: ${reasonIn(parts.join(''))}`);
  const hears = <Message>() =>
    new Promise<Message>((resolve, reject) => {
      child.once('message', (message) => resolve(message as Message));
      ended.then(() => reject(endedEarly()));
    });
  return {
    pid: child.pid ?? 0,
    async says(line) {
      for (const deadline = Date.now() + LONGEST_START_MS; Date.now() < deadline && isAlive(); await sleep(50)) {
        const found = line.exec(parts.join(''));
        if (found) return found;
      }
      throw endedEarly();
    },
    hears,
    ask(message) {
      child.send(message);
      return hears();
    },
    async stop() {
      process.off('exit', kill);
      child.kill('SIGTERM');
      const patience = setTimeout(kill, LONGEST_END_MS);
      await ended;
      clearTimeout(patience);
    },
  };
}

/** A file, with the words that follow it, run by the same Node. */
export const nodeProgram = (
  command: readonly string[],
  options: ProgramOptions,
  flags: readonly string[] = [],
): Program => startProgram([process.execPath, ...flags, ...command], options);

/** Of all that it wrote the line that says why: the error's, or else the last. */
function reasonIn(said: string): string {
  const lines = said.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('Node.js v'));
  return lines.find((line) => /^\w*Error\b/.test(line)) ?? lines.at(-1) ?? 'it said nothing.';
}
