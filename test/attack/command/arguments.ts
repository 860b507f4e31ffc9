/** The words after `npm run attack --`. */
import { parseArgs } from 'node:util';
import { optionProblem } from '../../../subgraphs/kernel/process/run-command.ts';
import type { Attack } from '../attack.ts';

export const USAGE = (
  attacks: readonly Attack[],
): string => `Usage: npm run attack [-- NAME…] [--seed N] [--count N] [--case N]

Starts a graph with its demo on this machine, attacks it, and writes the counts into test/attack/README.md.
Nothing leaves the loopback interface; each attack is bounded in number and time.

Attacks (all of them where none is named)
${attacks.map(({ name, threat, count }) => `  ${name.padEnd(18)} ${threat} (${count.toLocaleString('en-GB')})`).join('\n')}

Options
  --seed N       what chance begins with (default: another one each time, which is told)
  --count N      tries of each attack, in place of its own number
  --case N       only the case of this number, to do again what was found; writes no counts
  -h, --help     this text

Exit codes: 0 nothing found, 1 something found or an attack cut short, 2 called wrongly.`;

export type Asked =
  | { kind: 'run'; names: readonly string[]; seed: number; count?: number; only?: number }
  | { kind: 'help' }
  | { kind: 'wrong'; problem: string };

const MOST_SEED = 2 ** 31;

export function parseArguments(words: readonly string[], known: readonly string[]): Asked {
  const parsed = parse(words);
  if (typeof parsed === 'string') return wrong(parsed);
  const { values, positionals } = parsed;
  if (values.help) return { kind: 'help' };
  const unknown = positionals.filter((name) => !known.includes(name));
  if (unknown.length > 0) return wrong(`There is no attack ${unknown.join(', ')}. There are: ${known.join(', ')}.`);
  const [seed, count, only] = [values.seed, values.count, values.case].map(wholeNumber);
  if ([seed, count, only].includes(null)) return wrong('Expected a whole number after --seed, --count and --case.');
  return {
    kind: 'run',
    names: positionals.length > 0 ? positionals : known,
    seed: seed ?? Math.floor(Math.random() * MOST_SEED),
    ...(count !== undefined && count !== null && { count }),
    ...(only !== undefined && only !== null && { only }),
  };
}

const wrong = (problem: string): Asked => ({ kind: 'wrong', problem: `${problem}\nSee: npm run attack -- --help` });

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        seed: { type: 'string' },
        count: { type: 'string' },
        case: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    return optionProblem(error);
  }
}

/** Undefined where it is not given, null where it is no whole number. */
const wholeNumber = (text: string | undefined): number | null | undefined =>
  text === undefined ? undefined : /^\d{1,10}$/.test(text) ? Number(text) : null;
