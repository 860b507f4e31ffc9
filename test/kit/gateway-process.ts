/** The gateway as `npm run gateway` runs it: a process of its own, on a free port. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { atEnd } from './at-end.ts';
import { childEnvironment } from './child-environment.ts';
import { startFlags } from './start-flags.ts';

const ROOT = join(import.meta.dirname, '../..');

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

interface GatewayProcess {
  process: ChildProcess;
  /** Resolves with the first line like this (or the `nth`), written already or later; rejects when it ends before. */
  says(line: RegExp, nth?: number): Promise<string>;
  ended: Promise<Ended>;
}

export interface GatewayOptions {
  /** Beside `childEnvironment`. */
  env?: Record<string, string>;
  cwd?: string;
}

/** Ends with the test file. */
export function runGateway(args: readonly string[], { env = {}, cwd = ROOT }: GatewayOptions = {}): GatewayProcess {
  const child = spawn(process.execPath, [...startFlags('gateway'), join(ROOT, 'gateway/main.ts'), ...args], {
    cwd,
    env: { ...childEnvironment(), ...env },
  });
  const output = { stdout: '', stderr: '' };
  const waiting = new Set<() => void>();
  const hear = (stream: keyof typeof output) => (chunk: Buffer) => {
    output[stream] += chunk;
    for (const look of waiting) look();
  };
  child.stdout.on('data', hear('stdout'));
  child.stderr.on('data', hear('stderr'));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...output }));
  });
  atEnd(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  const said = () => `${output.stdout}\n${output.stderr}`.split('\n');
  const says = (line: RegExp, nth = 1) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const found = said().filter((each) => line.test(each))[nth - 1];
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
      ended.then(({ stdout, stderr }) => reject(new Error(`It ended before it said ${line}:\n${stdout}${stderr}`)));
    });
  return { process: child, says, ended };
}

interface ServedGateway extends GatewayProcess {
  /** `http://127.0.0.1:<port>` */
  url: string;
}

/** Resolves once it says that it is ready. */
export async function serveGateway(args: readonly string[], options?: GatewayOptions): Promise<ServedGateway> {
  const gateway = runGateway(['--port', '0', ...args], options);
  const [port] = /\d+(?=\/graphql)/.exec(await gateway.says(/is ready: http/)) ?? [];
  return { ...gateway, url: `http://127.0.0.1:${port}` };
}
