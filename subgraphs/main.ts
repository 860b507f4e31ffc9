/** `npm run subgraphs [-- NAME…]`: the subgraphs in a process of their own, each on its own port, behind sealed envelopes. */
import { parseArgs } from 'node:util';
import { runCommand, UsageError } from './kernel/process/run-command.ts';
import { registry } from './registry.ts';
import { startSubgraphs } from './start-subgraphs.ts';

const USAGE = `Usage: npm run subgraphs [-- NAME…]

Runs the subgraphs on this machine, each on its own port, for a gateway that runs elsewhere (npm run gateway). They serve
calls that are signed with the graph's keys, and nothing else. Without a name all of them run; the names are
${registry.map(({ name, port }) => `  ${name} (port ${port})`).join('\n')}

It prepares the database as "npm start" does: an empty one gets the demo.

On several machines, each runs the ones that are named. All of them need one PostgreSQL server (DATABASE_URL) and the same
keys: copy secrets.json of the data folder in which the first start made it. A gateway elsewhere needs a copy of
gateway-secrets.json beside it, and no more. The demo is put into a database by a process that runs all of them.

Options
  -h, --help       this text

Environment
  DATA_DIR         its folder (default .data): secrets, and the embedded database
  DATABASE_URL     a PostgreSQL server of yours instead
  SUBGRAPHS_HOST   the address to listen on (default 127.0.0.1)
  SUBGRAPH_PORTS   other ports than these: students=5001,shared-teaching=5002
  POOL_SIZE        database connections of each subgraph at the most (default 8)
  TODAY            the date that a demo takes for today's, YYYY-MM-DD
  LOG_LEVEL        from which level on the log is written (default warn; info has a line per call)
  METRICS_TOKEN    what a reader of /metrics must present
  PRODUCTION       1: without that token nobody reads /metrics; on by itself where the database is not a demo's
  OTEL_EXPORTER_OTLP_ENDPOINT
                   an OpenTelemetry collector that traces are sent to

Exit codes: 0 asked to stop, 1 did not start, 2 called wrongly.`;

/** Null where help is asked for. Throws UsageError. */
function namesOf(args: readonly string[]): string[] | null {
  const { values, positionals } = parse(args);
  if (values.help) return null;
  const known = registry.map(({ name }) => name);
  if (!positionals.every((name) => known.includes(name)))
    throw new UsageError(`Expected names of subgraphs: ${known.join(', ')}.`);
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
    throw new UsageError('Expected no option but --help.');
  }
}

await runCommand({ usage: USAGE, parse: namesOf, serve: startSubgraphs });
