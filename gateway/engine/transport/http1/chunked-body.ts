/** A body that comes in chunks, each with its size before it: https://www.rfc-editor.org/rfc/rfc9112#section-7.1 */
import { FIELD } from './answer-head.ts';
import { MalformedAnswer } from './malformed-answer.ts';

export interface ChunkedBody {
  /** Takes what is the body's of these bytes, from `at` on; where it stopped. Throws MalformedAnswer. */
  read(bytes: Buffer, at: number): number;
  isWhole(): boolean;
}

/** What stands behind a size, and says nothing to us. */
const EXTENSION =
  /;[!#$%&'*+\-.^_`|~\dA-Za-z]+(?:=(?:[!#$%&'*+\-.^_`|~\dA-Za-z]+|"(?:[\t \x21\x23-\x5b\x5d-\x7e]|\\[\t\x20-\x7e])*"))?/;
const SIZE_LINE = new RegExp(`^([\\da-f]{1,8})((?:${EXTENSION.source})*)\\r\\n$`, 'i');
const TRAILER_LINE = new RegExp(`^${FIELD.source}\\r\\n$`);
/** Those that would say where the answer ends come too late. */
const FRAMING = /^(?:content-length|transfer-encoding):/i;

const LINE_FEED = 0x0a;
const CRLF = '\r\n';
/** Of extensions and trailers together, in bytes. */
const MOST_BESIDE = 16 * 1024;

/** `take` is handed the data, piece by piece. */
export function createChunkedBody(take: (data: Buffer) => void): ChunkedBody {
  let expected: 'size' | 'data' | 'end of data' | 'trailer' | 'nothing' = 'size';
  let line = '';
  let left = 0;
  let beside = 0;
  const allow = (length: number): void => {
    beside += length;
    if (beside > MOST_BESIDE) throw new MalformedAnswer(`at most ${MOST_BESIDE} bytes of extensions and trailers`);
  };
  const takeLine = (): void => {
    if (expected === 'end of data') {
      if (line !== CRLF) throw new MalformedAnswer('a line’s end behind a chunk');
      expected = 'size';
    } else if (expected === 'size') {
      const [, size, extensions = ''] = SIZE_LINE.exec(line) ?? [];
      if (size === undefined) throw new MalformedAnswer('the size of a chunk');
      allow(extensions.length);
      left = Number.parseInt(size, 16);
      expected = left > 0 ? 'data' : 'trailer';
    } else if (line === CRLF) expected = 'nothing';
    else {
      if (!TRAILER_LINE.test(line) || FRAMING.test(line)) throw new MalformedAnswer('trailers, or the end of chunks');
      allow(line.length);
    }
    line = '';
  };
  return {
    read(bytes, at) {
      let next = at;
      while (next < bytes.length && expected !== 'nothing') {
        if (expected === 'data') {
          const end = Math.min(bytes.length, next + left);
          take(bytes.subarray(next, end));
          left -= end - next;
          next = end;
          if (left === 0) expected = 'end of data';
          continue;
        }
        const feed = bytes.indexOf(LINE_FEED, next);
        const end = feed < 0 ? bytes.length : feed + 1;
        if (line.length + end - next > MOST_BESIDE) throw new MalformedAnswer('shorter lines around chunks');
        line += bytes.toString('latin1', next, end);
        next = end;
        if (feed >= 0) takeLine();
      }
      return next;
    },
    isWhole: () => expected === 'nothing',
  };
}
