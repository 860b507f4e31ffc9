/** Whether an answer is one of the graph's own: its shape, and nothing of the inside in it. */

interface GivenAnswer {
  status: number;
  headers: ReadonlyMap<string, string>;
  body: Buffer;
}

/** Words that only the inside says: stacks, files, libraries, the database. */
const INSIDE =
  /\n\s+at |node_modules|\.ts:\d+|node:internal|ECONN[A-Z]|EPIPE|Did you mean|[Pp]ostgre|relation "|syntax error at or near|pg_catalog|kysely|Mikro|[Ff]astify|undici|127\.0\.0\.1/;

/** Answers that GraphQL over HTTP gives no body. */
const EMPTY_STATUSES: ReadonlySet<number> = new Set([204, 304]);

/** One sentence on what is wrong with an answer; null where nothing is. */
export function faultOf({ status, headers, body }: GivenAnswer): string | null {
  if (!(status >= 200 && status < 500)) return `Expected no answer of the status ${status}.`;
  if (EMPTY_STATUSES.has(status) || body.length === 0) return null;
  const text = body.toString('utf8');
  const inside = INSIDE.exec(text);
  if (inside)
    return `Expected nothing of the inside in an answer, which holds ${JSON.stringify(inside[0])} (status ${status}).`;
  if (/text\/(html|plain)/.test(headers.get('content-type') ?? '') && isPage(status, text)) return null;
  return faultOfJson(status, text);
}

/** `/metrics`, and pages, have a shape of their own. */
const isPage = (status: number, text: string): boolean => status === 200 && /^(# HELP|<!doctype html>)/i.test(text);

function faultOfJson(status: number, text: string): string | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return `Expected JSON (status ${status}), and not text that begins ${JSON.stringify(text.slice(0, 60))}.`;
  }
  if (!isRecord(value)) return `Expected a JSON object (status ${status}).`;
  if (typeof value.status === 'string' && ['live', 'ready', 'not ready'].includes(value.status)) return null;
  const { errors } = value;
  if (errors === undefined) return 'data' in value ? null : `Expected data or errors in the answer (status ${status}).`;
  if (!Array.isArray(errors) || errors.length === 0) return `Expected a list of errors (status ${status}).`;
  for (const error of errors) {
    const fault = faultOfError(error);
    if (fault) return `${fault} (status ${status})`;
  }
  return null;
}

function faultOfError(error: unknown): string | null {
  if (!isRecord(error) || typeof error.message !== 'string') return 'Expected each error to have a message.';
  const { extensions } = error;
  if (!isRecord(extensions) || typeof extensions.code !== 'string')
    return `Expected a code beside the message ${JSON.stringify(error.message.slice(0, 80))}.`;
  return extensions.code === 'INTERNAL_SERVER_ERROR' ? 'Expected no internal error.' : null;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
