/** `npm start` and `npm run token` as a person runs them: child processes, whose environment is not the test's. */
import { type ChildProcess, spawn } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { childEnvironment } from '../kit/child-environment.ts';

const ROOT = join(import.meta.dirname, '../..');

export interface RunOptions {
  dataDir: string;
  env?: Record<string, string>;
  /** The system user to run as. */
  user?: { uid: number; gid: number } | undefined;
}

interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface Started {
  npm: ChildProcess;
  stdout(): string;
  /** Resolves when a line like this is on the output; rejects when it ends before. */
  says(line: RegExp): Promise<RegExpExecArray>;
  /** Resolves when npm has ended. */
  ended: Promise<Ended>;
}

function environment({ dataDir, env = {} }: RunOptions): NodeJS.ProcessEnv {
  const settings = { npm_config_update_notifier: 'false', DATA_DIR: join(dataDir, 'graph'), ...env };
  // npm keeps a cache and logs in the home folder, which is another user's.
  return { ...childEnvironment(), HOME: dataDir, ...settings };
}

export function npm(words: readonly string[], options: RunOptions): Started {
  const child = spawn('npm', words, { cwd: ROOT, env: environment(options), ...options.user });
  // where the run is broken off, nobody else would end it
  const onExit = () => child.kill('SIGTERM');
  process.once('exit', onExit);
  child.once('close', () => process.off('exit', onExit));
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (said.stdout += chunk));
  child.stderr.on('data', (chunk) => (said.stderr += chunk));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, ...said }));
  });
  return { npm: child, stdout: () => said.stdout, ended, says: (line) => says(line, () => said.stdout, ended) };
}

async function says(line: RegExp, stdout: () => string, ended: Promise<Ended>): Promise<RegExpExecArray> {
  let end: Ended | undefined;
  ended.then((result) => (end = result));
  for (;;) {
    const found = line.exec(stdout());
    if (found) return found;
    if (end)
      throw new Error(`It ended (${end.code ?? end.signal}) before it said ${line}:\n${end.stdout}${end.stderr}`);
    await sleep(25);
  }
}

/** Processes of which an argument names the folder: the database's. None of our own: they are told it in the environment. */
export const processesOn = (folder: string): string[] =>
  globSync('/proc/[0-9]*/cmdline').flatMap((file) => {
    const words = readOrEmpty(file).split('\0');
    return words.some((word) => word.startsWith(folder)) ? [words.join(' ')] : [];
  });

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // it ended meanwhile
  }
}
