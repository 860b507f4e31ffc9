/** `npm run subgraphs [-- NAME…]`: the subgraphs in a process of their own, each on its own port, behind sealed envelopes. */
import { parseArgs } from 'node:util';
import { runUntilAsked } from './kernel/process/lifetime.ts';
import { registry } from './registry.ts';
import { startSubgraphs } from './start-subgraphs.ts';

const USAGE = `Usage: npm run subgraphs [-- NAME…]

Runs the subgraphs on this machine, each on its own port, for a gateway that runs elsewhere (npm run gateway). They serve
calls that are signed with the graph's keys, and nothing else. Without a name all of them run; the names are
${registry.map(({ name, port }) => `  ${name} (port ${port})`).join('\n')}

It prepares the database as "npm start" does: an empty one gets the demo.

On several machines, each runs the ones that are named. All of them, and the gateway, need one PostgreSQL server
(DATABASE_URL) and the same keys: copy secrets.json of the data folder in which the first start made it. The demo is put
into a database by a process that runs all of them.

Options
  -h, --help       this text

Environment
  DATA_DIR         its folder (default .data): secrets, and the embedded database
  DATABASE_URL     a PostgreSQL server of yours instead
  SUBGRAPHS_HOST   the address to listen on (default 127.0.0.1)
  SUBGRAPH_PORTS   other ports than these: students=5001,shared-teaching=5002
  POOL_SIZE        database connections of each subgraph at the most (default 8)

Exit codes: 0 asked to stop, 1 did not start, 2 called wrongly.`;

/** Null where help is asked for. Throws an error that says what was expected. */
function namesOf(args: readonly string[]): string[] | null {
  const { values, positionals } = parse(args);
  if (values.help) return null;
  const known = registry.map(({ name }) => name);
  if (!positionals.every((name) => known.includes(name)))
    throw new Error(`Expected names of subgraphs: ${known.join(', ')}.`);
  return positionals;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h', default: false } },
    });
  } catch {
    throw new Error('Expected no option but --help.');
  }
}

const tell = (line: string): void => console.log(line);

let names: string[] | null = null;
try {
  names = namesOf(process.argv.slice(2));
} catch (error) {
  console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
  process.exit(2);
}
if (!names) {
  tell(USAGE);
  process.exit(0);
}
await runUntilAsked((lifetime) => startSubgraphs(names, lifetime, tell), tell);
