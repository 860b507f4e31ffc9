/**
 * The head of an HTTP/1.1 answer. It says where the answer ends, so whatever two readers could take differently is
 * refused: https://www.rfc-editor.org/rfc/rfc9112#section-11.1
 */
import { MalformedAnswer } from './malformed-answer.ts';

export interface AnswerHead {
  status: number;
  /** Its length in bytes, where the head says. */
  body: number | 'chunked' | 'until closed';
  contentType: string | undefined;
  contentEncoding: string | undefined;
  /** Whether the connection takes another request. */
  isKept: boolean;
  /** For how long, in seconds, where the other side says. */
  keptFor: number | undefined;
}

/** Each field on a line of its own: one that is folded over several is refused. */
export const FIELD = /[!#$%&'*+\-.^_`|~\dA-Za-z]+:[\t\x20-\x7e\x80-\xff]*/;
const STATUS_LINE = /HTTP\/1\.[01] [1-5]\d\d(?: [\t\x20-\x7e\x80-\xff]*)?/;
const HEAD = new RegExp(`^${STATUS_LINE.source}(?:\\r\\n${FIELD.source})*$`);

const MOST_FIELDS = 200;

/** Those that say something to us; of one that comes several times, the values. */
interface Fields {
  connection?: string;
  'content-encoding'?: string;
  'content-length'?: string;
  'content-type'?: string;
  'keep-alive'?: string;
  'transfer-encoding'?: string;
}

/** `text` is what stands before the empty line. Throws MalformedAnswer. */
export function readHead(text: string): AnswerHead {
  if (!HEAD.test(text)) throw new MalformedAnswer('the head of an HTTP/1.1 answer');
  const fields = fieldsOf(text);
  const status = Number(text.slice(9, 12));
  const isOld = text.startsWith('HTTP/1.0');
  const { connection = '', 'keep-alive': keepAlive } = fields;
  return {
    status,
    body: bodyOf(status, isOld, fields),
    contentType: fields['content-type'],
    contentEncoding: fields['content-encoding'],
    isKept: !CLOSE.test(connection) && (!isOld || KEEP_ALIVE.test(connection)),
    keptFor: keepAlive === undefined ? undefined : secondsOf(keepAlive),
  };
}

const NEW_LINE = '\r\n';

function fieldsOf(text: string): Fields {
  const fields: Fields = {};
  let count = 0;
  for (let at = text.indexOf(NEW_LINE); at >= 0; ) {
    const start = at + NEW_LINE.length;
    const next = text.indexOf(NEW_LINE, start);
    const name = text.slice(start, text.indexOf(':', start)).toLowerCase();
    if (isRead(name)) add(fields, name, withoutBlanks(text, start + name.length + 1, next < 0 ? text.length : next));
    count += 1;
    at = next;
  }
  if (count > MOST_FIELDS) throw new MalformedAnswer(`at most ${MOST_FIELDS} header fields`);
  return fields;
}

const READ: ReadonlySet<string> = new Set<keyof Fields>([
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'keep-alive',
  'transfer-encoding',
]);
const isRead = (name: string): name is keyof Fields => READ.has(name);

function add(fields: Fields, name: keyof Fields, value: string): void {
  const before = fields[name];
  fields[name] = before === undefined ? value : `${before}, ${value}`;
}

/** Blanks are spaces and tabs alone: `trim` takes more, which a length must not have beside it. */
function withoutBlanks(text: string, from: number, to: number): string {
  let [start, end] = [from, to];
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

const isBlank = (code: number): boolean => code === 0x20 || code === 0x09;

/** https://www.rfc-editor.org/rfc/rfc9112#section-6.3 */
function bodyOf(status: number, isOld: boolean, fields: Fields): AnswerHead['body'] {
  const { 'transfer-encoding': coding, 'content-length': length } = fields;
  if (coding !== undefined) {
    if (length !== undefined) throw new MalformedAnswer('either a length or chunks, not both');
    if (isOld || coding.toLowerCase() !== 'chunked') throw new MalformedAnswer('no transfer coding but "chunked"');
  }
  // one that comes twice is a list, and refused even where both say the same
  if (length !== undefined && !LENGTH.test(length)) throw new MalformedAnswer('one length, in digits');
  if (status < 200 || status === 204 || status === 304) return 0;
  if (coding !== undefined) return 'chunked';
  return length === undefined ? 'until closed' : Number(length);
}

const LENGTH = /^\d{1,15}$/;
const CLOSE = /(?:^|,)[ \t]*close[ \t]*(?:,|$)/i;
const KEEP_ALIVE = /(?:^|,)[ \t]*keep-alive[ \t]*(?:,|$)/i;

function secondsOf(keepAlive: string): number | undefined {
  const seconds = /(?:^|,)[ \t]*timeout=(\d{1,9})/i.exec(keepAlive)?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}
