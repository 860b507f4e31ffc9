export const USAGE = `Usage: npm run --silent operations -- publish --client NAME --version V [--supergraph FILE] FILE…
       npm run --silent operations -- list [--client NAME]
       npm run --silent operations -- retire --client NAME --version V [--used-within DAYS] [--force]
       npm run --silent operations -- check [--supergraph FILE] [--partner] [FILE…]
       npm run --silent operations -- check --published [--supergraph FILE]

Persisted operations: what a client may ask for by id. Each version of a client has a list of its own.

publish        adds the operations in the files to the list of a client's version, and says what each
               needs (scopes), what is new, and what a client that was written for the version before
               would miss. Nothing is published where one of them does not hold: in the supergraph, by
               its limits, or, of an app, because no app grant of it covers its name and scopes.
               An id that was published stays what it is; a list is only ever added to. Gateways that
               run serve the list within 5 seconds
list           prints each client's lists: versions, operations, and when each was last asked for (to
               the hour)
retire         ends the list of a version: its ids are refused from then on. Not while it is in use
check          whether operations hold in the supergraph: those in the files, or else the committed
               ones, schema/operations/<client>/. It needs no database. With --published those of all
               lists that are not retired: before another supergraph is served, what would be refused

FILE is one of
  *.graphql      one operation, with the fragments that it uses; or fragments alone, for the operations
                 of the same folder. The id is the SHA-256 of the text that is published: the operation
                 as graphql-js prints it, then its fragments by name. Comments and layout change no id
  *.json         Apollo's persisted query manifest (version 1), or Relay's map of ids to texts

Options
  --client NAME        whose list
  --version V          of which version of that client
  --supergraph FILE    the supergraph that is served (default schema/supergraph.graphql)
  --used-within DAYS   with retire: what counts as in use (default 30)
  --force              with retire: also while it is in use
  --partner            with check: the files are of a partner's client, which sees the contract only
  --published          with check: what is published, in place of files
  -h, --help           this text

Environment
  DATA_DIR       the graph's folder (default .data): a graph that runs on it gives its database
  DATABASE_URL   else the PostgreSQL server to use; without it, the embedded one is started
  TODAY          the date that the graph takes for today's, where it has that setting
  LIMITS, LIMIT_…  as the gateways have them: an operation that is over a limit is not published.
                   A gateway refuses what is over its own, by the limit's name, and says so in its log

Exit codes: 0 done, 1 not done, 2 called wrongly.`;
