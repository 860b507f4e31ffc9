/** Requests as they are written: what is the same for one subgraph once, and nothing in a header that would end it. */
import type { SealedRequest } from '../../../../subgraphs/kernel/envelope.ts';

const ACCEPT = 'application/graphql-response+json, application/json;q=0.9';

/** Tokens (RFC 9110, 5.6.2) in small letters, as ours are. */
const NAME = /^[!#$%&'*+\-.^_`|~\da-z]+$/;
/** Without a line's end (RFC 9110, 5.5), and of one byte each. */
const VALUE = /^[\t\x20-\x7e]*$/;
/** Those that are written here: a second one would be read as the one or the other. */
const OURS: ReadonlySet<string> = new Set([
  'accept',
  'accept-encoding',
  'connection',
  'content-length',
  'expect',
  'host',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

export interface RequestText {
  /** In ASCII. */
  head: string;
  body: string;
  /** One byte for each letter. */
  isAscii: boolean;
}

/** Of requests to one URL. What it returns throws where a header could not be told from another one, or from the body. */
export function createRequestText({ pathname, search, host }: URL): (request: SealedRequest) => RequestText {
  const always = [
    `POST ${pathname}${search} HTTP/1.1`,
    `host: ${host}`,
    'connection: keep-alive',
    `accept: ${ACCEPT}`,
    'accept-encoding: identity',
    '',
  ].join('\r\n');
  return ({ method, headers, body }) => {
    if (method !== 'POST') throw new Error('Expected a request to a subgraph to be a POST.');
    let head = always;
    for (const name of Object.keys(headers)) {
      const value = headers[name] ?? '';
      if (!NAME.test(name) || !VALUE.test(value) || OURS.has(name))
        throw new Error('Expected header fields in ASCII, each on one line, and none that frames the request.');
      head += `${name}: ${value}\r\n`;
    }
    const length = Buffer.byteLength(body);
    return { head: `${head}content-length: ${length}\r\n\r\n`, body, isAscii: length === body.length };
  };
}
