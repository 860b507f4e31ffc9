/** Counts what a piece of work asks of the database. */
import pg from 'pg';

export interface Statement {
  /** The database role that ran it, e.g. `schoolgraph_students`. */
  role: string;
  text: string;
}

const WORKER_ROLE = 'schoolgraph_worker';
const GATEWAY_ROLE = 'schoolgraph_gateway';

/** Begin, commit and their like are not counted, nor is what is asked from time to time. */
const OVERHEAD = /^(begin|start transaction|commit|rollback|savepoint|release|set |listen )/i;

/** The gateway reads these again whenever they change and every few seconds, whoever calls. */
const KEPT_IN_MIND = /"?gateway"?\."?(client|app_grant)\b/;

const isBackground = ({ role, text }: Statement): boolean =>
  role === WORKER_ROLE || (role === GATEWAY_ROLE && KEPT_IN_MIND.test(text));

const listeners = new Set<(statement: Statement) => void>();

const { query } = pg.Client.prototype;
pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
  const [first] = args;
  const text = typeof first === 'string' ? first : (first as { text?: string } | undefined)?.text;
  if (text) for (const listener of listeners) listener({ role: this.user ?? '', text });
  return Reflect.apply(query, this, args);
} as typeof query;

/** Runs `work`, and gives the statements that were sent to PostgreSQL meanwhile, by whomever in this process. */
export async function statementsOf<Result>(
  work: () => Promise<Result>,
): Promise<{ result: Result; statements: Statement[] }> {
  const statements: Statement[] = [];
  const listener = (statement: Statement) => {
    if (!isBackground(statement) && !OVERHEAD.test(statement.text)) statements.push(statement);
  };
  listeners.add(listener);
  try {
    return { result: await work(), statements };
  } finally {
    listeners.delete(listener);
  }
}
