/** The words after `npm run bench --`. */
import { parseArgs } from 'node:util';
import { optionProblem, UsageError } from '../../../subgraphs/kernel/process/run-command.ts';
import type { Contender } from '../contenders/contender.ts';
import { CONTENDERS } from '../contenders/registry.ts';
import type { Size } from '../graph/operations.ts';

export const USAGE = `Usage: npm run bench -- gateway [OPTIONS]
       npm run bench -- policy
       npm run bench -- flood

Measures on this machine, and writes the table into test/bench/README.md. Nothing is asserted: a figure that falls short is
told. Nothing leaves the loopback interface, but for npm, which installs what is compared with us (test/bench/.contenders).

  gateway   CPU, latency and memory of gateways on the same subgraphs, in turns; first it checks that all answers are right
  policy    what it takes to let a prepared operation run: limits, variables, rights; envelopes, tokens, grants
  flood     what 1,000 new operations of one client at once are to another client's persisted ones

Options of gateway
  --seconds N             of each measurement (default: 5)
  --rounds N              turns of each contender (default: 3)
  --connections N         requests at once (default: 16)
  --only big|small        one of the two operations
  --contenders NAME,…     only these, in place of all:
                          ${CONTENDERS.map(({ name }) => name).join(', ')}
  --profile               where the time goes, in place of figures: of ours, where no contenders are named

  -h, --help              this text

The table is written by a run of all contenders and both operations.

Exit codes: 0 measured, 1 a contender answered wrongly or nothing could be measured, 2 called wrongly.`;

export interface GatewayTask {
  bench: 'gateway';
  seconds: number;
  rounds: number;
  connections: number;
  sizes: readonly Size[];
  contenders: readonly Contender[];
  /** Whether these are all contenders and both operations. */
  isWhole: boolean;
  profile: boolean;
}

type Task = GatewayTask | { bench: 'policy' } | { bench: 'flood' };

const SIZES: readonly Size[] = ['big', 'small'];

/** Null where help is asked for. Throws UsageError. */
export function parseArguments(words: readonly string[]): Task | null {
  const { values, positionals } = parse(words);
  if (values.help) return null;
  const [bench, ...more] = positionals;
  if (more.length > 0 || (bench !== 'gateway' && bench !== 'policy' && bench !== 'flood'))
    throw new UsageError('Expected what to measure: gateway, policy or flood.');
  if (bench !== 'gateway') {
    if (Object.keys(values).length > 0) throw new UsageError(`${bench}: expected no options.`);
    return { bench };
  }
  const { profile = false, only, contenders } = values;
  const chosen = contenders === undefined ? CONTENDERS.filter(({ isOurs }) => !profile || isOurs) : named(contenders);
  return {
    bench,
    seconds: numberOf('--seconds', values.seconds, 5),
    rounds: numberOf('--rounds', values.rounds, 3),
    connections: numberOf('--connections', values.connections, 16),
    sizes: only === undefined ? SIZES : SIZES.filter((size) => size === expectSize(only)),
    contenders: chosen,
    isWhole: only === undefined && contenders === undefined && !profile,
    profile,
  };
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        seconds: { type: 'string' },
        rounds: { type: 'string' },
        connections: { type: 'string' },
        only: { type: 'string' },
        contenders: { type: 'string' },
        profile: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(optionProblem(error));
  }
}

function numberOf(option: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new UsageError(`${option}: expected a whole number from 1 to 9999.`);
  return Number(text);
}

function expectSize(text: string): Size {
  const size = SIZES.find((each) => each === text);
  if (!size) throw new UsageError(`--only: expected ${SIZES.join(' or ')}.`);
  return size;
}

function named(list: string): Contender[] {
  const names = list.split(',');
  const known = CONTENDERS.map(({ name }) => name);
  const chosen = CONTENDERS.filter(({ name }) => names.includes(name));
  if (chosen.length < names.length) throw new UsageError(`--contenders: expected names of ${known.join(', ')}.`);
  return chosen;
}
