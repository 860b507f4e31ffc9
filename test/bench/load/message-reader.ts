/** HTTP/1.1 messages as they come in over a connection: as little as both ends of the bench need, so that they cost little. */

export interface Message {
  /** Request or status line and headers. */
  head: string;
  body: Buffer;
}

const CRLF = '\r\n';
const END_OF_HEAD = '\r\n\r\n';

/** Takes the bytes of one connection, and hands on each message once it is whole. Throws where it is not framed. */
export function createMessageReader(take: (message: Message) => void): (chunk: Buffer) => void {
  let held: Buffer[] = [];
  let size = 0;
  let needed = 1;
  return (chunk) => {
    held.push(chunk);
    size += chunk.length;
    if (size < needed) return;
    let bytes = held.length === 1 ? chunk : Buffer.concat(held);
    for (;;) {
      const found = readMessage(bytes);
      if (typeof found === 'number') {
        [held, size, needed] = [bytes.length > 0 ? [bytes] : [], bytes.length, found];
        return;
      }
      bytes = bytes.subarray(found.end);
      take(found);
    }
  };
}

/** The first message and where it ends; or how many bytes there must be before it is worth to look again. */
function readMessage(bytes: Buffer): (Message & { end: number }) | number {
  const endOfHead = bytes.indexOf(END_OF_HEAD);
  if (endOfHead < 0) return bytes.length + 1;
  const head = bytes.toString('latin1', 0, endOfHead);
  const start = endOfHead + END_OF_HEAD.length;
  const length = /^content-length: *(\d+)/im.exec(head)?.[1];
  if (length !== undefined) {
    const end = start + Number(length);
    return bytes.length < end ? end : { head, body: bytes.subarray(start, end), end };
  }
  if (!/^transfer-encoding: *chunked/im.test(head)) throw new Error(`Expected a message with a length, got:\n${head}`);
  return readChunks(bytes, head, start);
}

function readChunks(bytes: Buffer, head: string, start: number): (Message & { end: number }) | number {
  const chunks: Buffer[] = [];
  for (let at = start; ; ) {
    const endOfLine = bytes.indexOf(CRLF, at);
    if (endOfLine < 0) return bytes.length + 1;
    const length = Number.parseInt(bytes.toString('latin1', at, endOfLine), 16);
    const chunk = endOfLine + CRLF.length;
    at = chunk + length + CRLF.length;
    if (bytes.length < at) return at;
    if (length === 0) return { head, body: Buffer.concat(chunks), end: at };
    chunks.push(bytes.subarray(chunk, chunk + length));
  }
}
