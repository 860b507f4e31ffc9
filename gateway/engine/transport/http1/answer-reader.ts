/** Reads the answers that come over one connection, one after the other, however their bytes are split. */
import { type AnswerHead, readHead } from './answer-head.ts';
import { type ChunkedBody, createChunkedBody } from './chunked-body.ts';
import { createHeldBytes } from './held-bytes.ts';
import { MalformedAnswer } from './malformed-answer.ts';

/** Which answers are wanted. Both throw where one is not. */
export interface AnswerRules {
  accept(head: AnswerHead): void;
  /** Told before so many bytes of a body are held. */
  grow(to: number): void;
}

export interface ReadAnswer {
  head: AnswerHead;
  body: string;
  /** Something came behind it, to which nothing was asked. */
  hasMore: boolean;
}

interface AnswerReader {
  /** The answer, where it is whole with these bytes; then the next begins. Throws MalformedAnswer, and what the rules throw. */
  read(bytes: Buffer): ReadAnswer | null;
  /** No more will come: the answer, where that is its end. */
  end(): ReadAnswer | null;
}

const END_OF_HEAD = '\r\n\r\n';
/** As Node allows. */
const MOST_HEAD_BYTES = 16 * 1024;
/** Answers that come before the answer: 100 (Continue), 103 (Early Hints). */
const MOST_INTERIM = 10;
const SWITCHING_PROTOCOLS = 101;

export function createAnswerReader(rules: AnswerRules): AnswerReader {
  let head: AnswerHead | null = null;
  let interim = 0;
  let chunks: ChunkedBody | null = null;
  const heldHead = createHeldBytes();
  const heldBody = createHeldBytes();

  const hold = (bytes: Buffer): void => {
    rules.grow(heldBody.size + bytes.length);
    heldBody.add(bytes);
  };

  const whole = (of: AnswerHead, body: string, hasMore: boolean): ReadAnswer => {
    [head, chunks, interim] = [null, null, 0];
    heldBody.clear();
    return { head: of, body, hasMore };
  };
  const wholeFromHeld = (of: AnswerHead, hasMore: boolean): ReadAnswer =>
    whole(of, heldBody.bytes().toString('utf8'), hasMore);

  /** The bytes behind the next head; null where it is not whole yet. */
  const takeHead = (bytes: Buffer): Buffer | null => {
    const before = heldHead.size;
    if (before > 0) heldHead.add(bytes);
    const all = before > 0 ? heldHead.bytes() : bytes;
    // what ends it may have begun in the bytes before
    const end = all.indexOf(END_OF_HEAD, Math.max(0, before - END_OF_HEAD.length + 1));
    if ((end < 0 ? all.length : end) > MOST_HEAD_BYTES)
      throw new MalformedAnswer(`a head of at most ${MOST_HEAD_BYTES} bytes`);
    if (end < 0) {
      if (before === 0) heldHead.add(bytes);
      return null;
    }
    const read = readHead(all.toString('latin1', 0, end));
    const rest = all.subarray(end + END_OF_HEAD.length);
    heldHead.clear();
    if (read.status >= 200) {
      rules.accept(read);
      head = read;
      if (read.body === 'chunked') chunks = createChunkedBody(hold);
      return rest;
    }
    interim += 1;
    if (read.status === SWITCHING_PROTOCOLS || interim > MOST_INTERIM)
      throw new MalformedAnswer('an answer in HTTP/1.1, and few before it');
    return rest;
  };

  const takeBody = (of: AnswerHead, bytes: Buffer): ReadAnswer | null => {
    if (chunks) {
      const end = chunks.read(bytes, 0);
      return chunks.isWhole() ? wholeFromHeld(of, end < bytes.length) : null;
    }
    if (typeof of.body !== 'number') {
      hold(bytes);
      return null;
    }
    const missing = of.body - heldBody.size;
    const hasMore = bytes.length > missing;
    // most answers come in one piece
    if (missing === of.body && bytes.length >= missing) return whole(of, bytes.toString('utf8', 0, missing), hasMore);
    hold(hasMore ? bytes.subarray(0, missing) : bytes);
    return bytes.length >= missing ? wholeFromHeld(of, hasMore) : null;
  };

  return {
    read(bytes) {
      let rest: Buffer | null = bytes;
      while (!head) {
        rest = takeHead(rest);
        if (!rest) return null;
      }
      return takeBody(head, rest);
    },
    end: () => (head?.body === 'until closed' ? wholeFromHeld(head, false) : null),
  };
}
