/** What `npm run gateway` is told on its command line. */
import { parseArgs } from 'node:util';
import { optionProblem, UsageError } from '../../subgraphs/kernel/process/run-command.ts';
import { readPort } from '../../subgraphs/kernel/process/settings.ts';

export const USAGE = `Usage: npm run gateway [-- OPTIONS]

Serves a graph over HTTP; its subgraphs run elsewhere. Without options: this project's own, with "npm run subgraphs" beside
it. The file is watched: a supergraph that holds takes the place of the one before it, any other is told of and left.

Options
      --supergraph FILE  any Federation 2 supergraph (default: schema/supergraph.graphql)
      --operations FILE  operations that everybody may ask for by id: Apollo's or Relay's manifest, or .graphql files; may be
                         given more than once (for a supergraph without a database: ours keeps its clients' lists there)
      --port N           where to listen, 0 for any free port (default: PORT, else 4000)
      --host ADDRESS     on which address (default: LISTEN_HOST, else 127.0.0.1)
  -h, --help             this text

A supergraph with rules of this project's (it links https://schoolgraph.example/guest-access) is served with the keys in
DATA_DIR/gateway-secrets.json, which "npm run subgraphs" writes when it has prepared the database: the gateway's own, from
which no others follow. A gateway on another machine is given a copy, and DATABASE_URL where the database is reached by
another address (of it only the address counts). Without keys it is refused.

Any other needs neither: calls to its subgraphs are not signed, limits are measured and not enforced, introspection is on.
Its subgraphs are where the supergraph says. Where it has @authenticated, @requiresScopes or @policy they hold: the tokens
of this project's graph count, by DATA_DIR/gateway-secrets.json, and where there is no such file nobody is signed in.

Settings are environment variables: gateway/README.md has the list.

Exit codes: 0 asked to stop, 1 did not start, 2 called wrongly.`;

export interface Options {
  supergraph: string | undefined;
  port: number | undefined;
  host: string | undefined;
  /** Files of operations for everybody. */
  operations: readonly string[];
}

/** Null where help is asked for. Throws UsageError. */
export function readOptions(args: readonly string[]): Options | null {
  const { help, supergraph, port: portText, host, operations = [] } = valuesOf(args);
  if (help) return null;
  if (supergraph === '') throw new UsageError('--supergraph: expected a file.');
  if (operations.includes('')) throw new UsageError('--operations: expected a file.');
  if (host === '') throw new UsageError('--host: expected an address.');
  const port = portText === undefined ? undefined : readPort(portText);
  if (port === null) throw new UsageError('--port: expected a port number from 0 (any free one) to 65535.');
  return { supergraph, port, host, operations };
}

function valuesOf(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        supergraph: { type: 'string' },
        port: { type: 'string' },
        host: { type: 'string' },
        operations: { type: 'string', multiple: true },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL')
      throw new UsageError('Expected options only: a supergraph is given as --supergraph FILE.');
    throw new UsageError(optionProblem(error));
  }
}
