import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCommand, takesNothing, UsageError } from './run-command.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

let told: string[];
let failures: string[];
let listening: ReadonlySet<unknown>;

beforeEach(() => {
  [told, failures] = [[], []];
  listening = new Set(SIGNALS.flatMap((signal) => process.listeners(signal)));
  vi.spyOn(console, 'log').mockImplementation((line) => void told.push(line));
  vi.spyOn(console, 'error').mockImplementation((line) => void failures.push(line));
});

afterEach(() => {
  vi.restoreAllMocks();
  for (const signal of SIGNALS)
    for (const listener of process.listeners(signal)) if (!listening.has(listener)) process.off(signal, listener);
  process.exitCode = undefined;
});

/** Fails with what it is given; its argument is a number. */
const command = (run: (task: number) => Promise<number>) => ({
  usage: 'Usage: double NUMBER',
  parse([first]: readonly string[]) {
    if (first === '--help') return null;
    if (!/^\d+$/.test(first ?? '')) throw new UsageError('Expected a number.');
    return Number(first);
  },
  run,
});

async function ended(args: string[], run: (task: number) => Promise<number>) {
  await runCommand(command(run), args);
  return { code: process.exitCode ?? 0, told, failures };
}

describe('a command that takes nothing', () => {
  it.each(['--help', '-h'])('helps by %s', (word) => {
    expect(takesNothing([word])).toBeNull();
  });

  it.each(['--foo', 'foo', '--help=1'])('refuses %s', (word) => {
    expect(() => takesNothing([word])).toThrow(new UsageError('Expected no option but --help.'));
  });

  it('takes nothing', () => {
    expect(takesNothing([])).toEqual({});
  });
});

describe('a command', () => {
  it('does its task, and ends with the code that it says', async () => {
    const seen: number[] = [];
    const run = async (task: number) => seen.push(task) && 1;
    expect(await ended(['4'], run)).toEqual({ code: 1, told: [], failures: [] });
    expect(seen).toEqual([4]);
  });

  it('helps where help is asked for', async () => {
    expect(await ended(['--help'], async () => 1)).toEqual({ code: 0, told: ['Usage: double NUMBER'], failures: [] });
  });

  it('called wrongly ends with 2, and says how it is called and, last, what was expected', async () => {
    const failure = 'Usage: double NUMBER\n\nExpected a number.';
    expect(await ended(['two'], async () => 0)).toEqual({ code: 2, told: [], failures: [failure] });
  });

  it('that fails ends with 1, in our own words', async () => {
    const fail = () => Promise.reject(new Error('The database is not set up yet.'));
    expect(await ended(['1'], fail)).toEqual({ code: 1, told: [], failures: ['The database is not set up yet.'] });
  });

  it('that fails of somebody else’s error does not print what it quotes', async () => {
    class DatabaseError extends Error {
      code = '23505';
    }
    const fail = () => Promise.reject(new DatabaseError('Key (upn)=(CANARY) already exists.'));
    const { code, failures: lines } = await ended(['1'], fail);
    expect({ code, lines }).toEqual({ code: 1, lines: [expect.stringContaining('23505')] });
    expect(lines.join()).not.toContain('CANARY');
  });
});
