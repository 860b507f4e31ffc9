import http from 'node:http';
import { Duplex } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AnswerRules, createAnswerReader, type ReadAnswer } from './answer-reader.ts';

const ANY: AnswerRules = { accept() {}, grow() {} };

/** What stands for a line's end in the texts of these tests. */
const bytesOf = (text: string): Buffer => Buffer.from(text.replaceAll('\n', '\r\n'), 'latin1');

interface Read {
  status: number;
  body: string;
  isKept: boolean;
  hasMore: boolean;
}

const told = ({ head, body, hasMore }: ReadAnswer): Read => ({
  status: head.status,
  body,
  isKept: head.isKept,
  hasMore,
});

/** The answers of the pieces, and of their end; each piece in memory that is overwritten at once, as a socket's is. */
function read(pieces: readonly Buffer[], rules = ANY): Read[] {
  const reader = createAnswerReader(rules);
  const answers: Read[] = [];
  for (const piece of pieces) {
    const memory = Buffer.from(piece);
    const answer = reader.read(memory);
    memory.fill('#');
    if (answer) answers.push(told(answer));
  }
  const last = reader.end();
  if (last) answers.push(told(last));
  return answers;
}

const ANSWERS: readonly [string, string, Read][] = [
  [
    'a length',
    'HTTP/1.1 200 OK\ncontent-type: application/json\ncontent-length: 5\n\n{"a"}',
    { status: 200, body: '{"a"}', isKept: true, hasMore: false },
  ],
  [
    'chunks',
    'HTTP/1.1 200 OK\nTransfer-Encoding: Chunked\n\n3\n{"a\n2;name=value;other="a \\" b"\n"}\n0\nchecksum: 1\n\n',
    { status: 200, body: '{"a"}', isKept: true, hasMore: false },
  ],
  [
    'neither, until it is closed',
    'HTTP/1.1 200 OK\n\n{"a"}',
    { status: 200, body: '{"a"}', isKept: true, hasMore: false },
  ],
  [
    'an empty body',
    'HTTP/1.1 200 OK\nconnection: Keep-Alive, Close\ncontent-length: 0\n\n',
    { status: 200, body: '', isKept: false, hasMore: false },
  ],
  [
    'no body by its status',
    'HTTP/1.1 204 No Content\ncontent-length: 5\n\n',
    { status: 204, body: '', isKept: true, hasMore: false },
  ],
  [
    'others before it',
    'HTTP/1.1 100 Continue\n\nHTTP/1.1 103 Early Hints\nlink: </a>\n\nHTTP/1.1 200\ncontent-length:\t5 \n\n{"a"}',
    { status: 200, body: '{"a"}', isKept: true, hasMore: false },
  ],
  [
    'HTTP/1.0',
    'HTTP/1.0 200 OK\ncontent-length: 5\n\n{"a"}',
    { status: 200, body: '{"a"}', isKept: false, hasMore: false },
  ],
  [
    'HTTP/1.0 that is kept',
    'HTTP/1.0 200 OK\nconnection: keep-alive\ncontent-length: 5\n\n{"a"}',
    { status: 200, body: '{"a"}', isKept: true, hasMore: false },
  ],
];

describe('an answer', () => {
  it.each(ANSWERS)('with %s is read however it is split', (_what, text, expected) => {
    const bytes = bytesOf(text);
    expect(read([bytes])).toEqual([expected]);
    expect(read(Array.from(bytes, (byte) => Buffer.from([byte])))).toEqual([expected]);
    for (let at = 1; at < bytes.length; at++)
      expect(read([bytes.subarray(0, at), bytes.subarray(at)])).toEqual([expected]);
  });

  it('in letters of several bytes is read however these are split', () => {
    const body = Buffer.from('{"name":"Zoë 🎓"}');
    const bytes = Buffer.concat([bytesOf(`HTTP/1.1 200 OK\ncontent-length: ${body.length}\n\n`), body]);
    for (let at = 1; at < bytes.length; at++)
      expect(read([bytes.subarray(0, at), bytes.subarray(at)])).toMatchObject([{ body: '{"name":"Zoë 🎓"}' }]);
  });

  it('comes after another on the same connection', () => {
    const [first, second] = [bytesOf(ANSWERS[1]?.[1] ?? ''), bytesOf(ANSWERS[0]?.[1] ?? '')];
    expect(read([first, second, first])).toEqual([ANSWERS[1]?.[2], ANSWERS[0]?.[2], ANSWERS[1]?.[2]]);
  });

  it.each(['x', 'HTTP/1.1 200 OK\ncontent-length: 0\n\n'])('has more behind it where something follows: %s', (more) => {
    for (const [what, text] of ANSWERS.filter(([name]) => !name.includes('until')))
      expect(read([bytesOf(text + more)]), what).toMatchObject([{ hasMore: true }]);
  });

  it.each([
    'HTTP/1.1 200 OK\ncontent-length: 5\n\n{"a"',
    'HTTP/1.1 200 OK\ntransfer-encoding: chunked\n\n3\n{"a\n0\n',
    'HTTP/1.1 200 OK\ncontent-length: 5\n',
    'HTTP/1.1 100 Continue\n\n',
  ])('that is cut off is none: %j', (text) => {
    expect(read([bytesOf(text)])).toEqual([]);
  });
});

const withFields = (fields: string): string => `HTTP/1.1 200 OK\n${fields}\n\n{"a"}`;
const withChunks = (chunks: string): string => `HTTP/1.1 200 OK\ntransfer-encoding: chunked\n\n${chunks}`;

const MALFORMED: readonly [string, string][] = [
  ['no HTTP', 'SSH-2.0-OpenSSH_9.2\n\n'],
  ['HTTP/2', 'HTTP/2 200 OK\ncontent-length: 0\n\n'],
  ['HTTP/0.9', 'HTTP/0.9 200 OK\ncontent-length: 0\n\n'],
  ['a status of two digits', 'HTTP/1.1 20 OK\ncontent-length: 0\n\n'],
  ['a status of four digits', 'HTTP/1.1 2000 OK\ncontent-length: 0\n\n'],
  ['blanks before it', ' HTTP/1.1 200 OK\ncontent-length: 0\n\n'],
  ['an empty line before it', '\nHTTP/1.1 200 OK\ncontent-length: 0\n\n'],
  ['another protocol', 'HTTP/1.1 101 Switching Protocols\nupgrade: h2c\n\n'],
  ['a control character in its reason', 'HTTP/1.1 200 O\x00K\ncontent-length: 0\n\n'],
  ['a folded field', withFields('x-a: 1\n two\ncontent-length: 5')],
  ['a blank before a colon', withFields('content-length : 5')],
  ['a field without a name', withFields(': 5')],
  ['a field without a colon', withFields('content-length')],
  ['a control character in a field', withFields('x-a: \x01\ncontent-length: 5')],
  ['a carriage return alone in a field', withFields('x-a: 1\rcontent-length: 9\ncontent-length: 5')],
  ['two lengths that differ', withFields('content-length: 5\ncontent-length: 6')],
  ['two lengths that are the same', withFields('content-length: 5\ncontent-length: 5')],
  ['a list of lengths', withFields('content-length: 5, 5')],
  ['an empty length', withFields('content-length:')],
  ['a length with a sign', withFields('content-length: +5')],
  ['a negative length', withFields('content-length: -5')],
  ['a length in hexadecimal', withFields('content-length: 0x5')],
  ['a length beside a blank that is none', withFields('content-length: 5\xa0')],
  ['a length beyond all measure', withFields(`content-length: ${'9'.repeat(20)}`)],
  ['a length and chunks', withFields('content-length: 5\ntransfer-encoding: chunked')],
  ['chunks and a length', withFields('transfer-encoding: chunked\ncontent-length: 5')],
  ['a coding that is not known', withFields('transfer-encoding: gzip, chunked')],
  ['chunks in chunks', withFields('transfer-encoding: chunked\ntransfer-encoding: chunked')],
  ['a coding that only looks like chunks', withFields('transfer-encoding: xchunked')],
  ['chunks in HTTP/1.0', 'HTTP/1.0 200 OK\ntransfer-encoding: chunked\n\n0\n\n'],
  ['no size of a chunk', withChunks('\n')],
  ['a size with a sign', withChunks('+5\n{"a"}\n0\n\n')],
  ['a size with a prefix', withChunks('0x5\n{"a"}\n0\n\n')],
  ['a blank behind a size', withChunks('5 \n{"a"}\n0\n\n')],
  ['a size beyond all measure', withChunks('fffffffff\n{"a"}\n0\n\n')],
  ['a line feed alone behind a size', `${bytesOf(withChunks('5')).toString('latin1')}\x0a{"a"}\n0\n\n`],
  ['an extension with a control character', withChunks('5;a=\x01\n{"a"}\n0\n\n')],
  ['a carriage return in an extension', withChunks('5;a\r5\n{"a"}\n0\n\n')],
  ['a chunk that is longer than it says', withChunks('4\n{"a"}\n0\n\n')],
  ['a chunk that is shorter than it says', withChunks('6\n{"a"}\n0\n\n')],
  ['a length among the trailers', withChunks('5\n{"a"}\n0\ncontent-length: 5\n\n')],
  ['a folded trailer', withChunks('5\n{"a"}\n0\nx-a: 1\n two\n\n')],
];

describe('what is no answer', () => {
  it.each(MALFORMED)('as it has %s is refused, however it is split', (_what, text) => {
    const bytes = bytesOf(text);
    expect(() => read([bytes])).toThrow(/^Expected/);
    expect(() => read(Array.from(bytes, (byte) => Buffer.from([byte])))).toThrow(/^Expected/);
  });

  it.each([
    ['a head', `HTTP/1.1 200 OK\nx-a: ${'a'.repeat(17_000)}`],
    ['fields', `HTTP/1.1 200 OK\n${'a:\n'.repeat(201)}\n`],
    ['answers before it', 'HTTP/1.1 100 Continue\n\n'.repeat(11)],
    ['extensions', withChunks(`1;a=${'a'.repeat(900)}\nx\n`.repeat(20))],
    ['a line without an end', withChunks('1;'.padEnd(17_000, 'a'))],
    ['trailers', withChunks(`0\n${'a: b\n'.repeat(4_000)}`)],
  ])('as it has too much of %s is refused before its end, however it is split', (_what, text) => {
    const bytes = bytesOf(text);
    expect(() => read([bytes])).toThrow(/^Expected/);
    expect(() => read(Array.from(bytes, (byte) => Buffer.from([byte])))).toThrow(/^Expected/);
  });
});

describe('the rules', () => {
  it('are asked about the head before any of the body is read', () => {
    const accept = () => {
      throw new Error('not wanted');
    };
    expect(() => read([bytesOf('HTTP/1.1 200 OK\ncontent-length: 5\n\n')], { ...ANY, accept })).toThrow('not wanted');
  });

  it.each([withChunks('2\n{"\n3\na"}\n'), 'HTTP/1.1 200 OK\n\n{"a"}'])(
    'are asked before more of a body is held: %j',
    (text) => {
      const grow = (to: number) => {
        if (to > 4) throw new Error('too large');
      };
      const bytes = bytesOf(text);
      expect(() => read([bytes], { ...ANY, grow })).toThrow('too large');
      expect(() =>
        read(
          Array.from(bytes, (byte) => Buffer.from([byte])),
          { ...ANY, grow },
        ),
      ).toThrow('too large');
    },
  );
});

describe('whatever is read', () => {
  it('is read the same by the parser of Node, and is nothing that it refuses', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(ANSWER_LIKE, async (bytes) => {
        const ours = attempt(bytes);
        if (ours === null || ours.hasMore) return;
        expect(await readByNode(bytes)).toEqual({ status: ours.status, body: ours.body });
        compared += 1;
      }),
      { numRuns: 3_000 },
    );
    // or the property would say nothing
    expect(compared).toBeGreaterThan(300);
  });

  it('does not depend on how it was split', () => {
    fc.assert(
      fc.property(ANSWER_LIKE, fc.array(fc.nat(200), { maxLength: 6 }), (bytes, cuts) => {
        const places = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
        const pieces = places.slice(1).map((end, index) => bytes.subarray(places[index], end));
        const whole = attempt(bytes);
        // what follows an answer in a piece of its own is the next one's
        if (!whole?.hasMore) expect(attempt(bytes, pieces)).toEqual(whole);
      }),
      { numRuns: 3_000 },
    );
  });
});

function attempt(bytes: Buffer, pieces: readonly Buffer[] = [bytes]): Read | null {
  try {
    return read(pieces)[0] ?? null;
  } catch {
    return null;
  }
}

/** Answers that hold, nearly hold, or have a byte changed. */
const ANSWER_LIKE = (() => {
  const version = fc.constantFrom('HTTP/1.1', 'HTTP/1.1', 'HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'http/1.1');
  const status = fc.constantFrom(
    '200',
    '200',
    '200',
    '200',
    '200',
    '200',
    '200',
    '200',
    '404',
    '500',
    '204',
    '304',
    '100',
    '103',
    '2',
    '2000',
    '999',
  );
  const blank = fc.constantFrom('', ' ', ' ', ' ', ' ', ' ', ' ', '\t', '  ', '\xa0');
  const body = fc.constantFrom('{"a"}', '', '{"data":{}}', 'x\r\n\r\ny');
  const chunked = fc
    .array(
      fc.tuple(fc.constantFrom('abc', 'x', '{"data":{}}'), fc.constantFrom('', '', '', ';a', ';a=b', ';a="b"', '; a')),
      {
        maxLength: 3,
      },
    )
    .map((chunks) =>
      chunks.map(([data, extension]) => `${data.length.toString(16)}${extension}\r\n${data}\r\n`).join(''),
    )
    .chain((chunks) =>
      fc
        .constantFrom('0\r\n\r\n', '0\r\n\r\n', '0\r\nx: y\r\n\r\n', '00\r\n\r\n', '0\n\n', '')
        .map((end) => chunks + end),
    );
  const other = fc.constantFrom(
    'x-a: 1',
    'X-B:2',
    'connection: close',
    'connection: keep-alive',
    'x c: 1',
    'x-d: \x01',
    ' folded',
    'upgrade: h2c',
    'trailer: x',
  );
  const framed = fc.oneof(
    fc
      .tuple(body, blank, blank)
      .map(([text, before, after]) => ({ field: `content-length:${before}${text.length}${after}`, text })),
    fc.tuple(chunked, blank).map(([text, before]) => ({ field: `Transfer-Encoding:${before}chunked`, text })),
    body.map((text) => ({ field: 'x-e: f', text })),
    fc
      .tuple(
        body,
        fc.constantFrom(
          'content-length: 5\r\ncontent-length: 5',
          'content-length: 5\r\ntransfer-encoding: chunked',
          'transfer-encoding: gzip',
          'content-length: 0x5',
        ),
      )
      .map(([text, field]) => ({ field, text })),
  );
  const text = fc
    .tuple(
      version,
      status,
      fc.array(other, { maxLength: 2 }),
      framed,
      fc.constantFrom('\r\n', '\r\n', '\r\n', '\r\n', '\n'),
    )
    .map(([protocol, code, others, { field, text: rest }, end]) =>
      [`${protocol} ${code} OK`, ...others, field, '', rest].join(end),
    );
  const change = fc.option(fc.tuple(fc.nat(200), fc.nat(255)), { freq: 1 });
  return fc.tuple(text, change).map(([latin1, changed]) => {
    const bytes = Buffer.from(latin1, 'latin1');
    if (changed && changed[0] < bytes.length) bytes[changed[0]] = changed[1];
    return bytes;
  });
})();

/** A status and a body, or what it threw. */
function readByNode(bytes: Buffer): Promise<{ status: number | undefined; body: string } | string> {
  return new Promise((resolve) => {
    const connection = new Duplex({
      read() {},
      write(_chunk, _encoding, done) {
        done();
        this.push(bytes);
        this.push(null);
      },
    });
    const request = http.request({ method: 'POST', createConnection: () => connection }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => {
        body += piece;
      });
      response.on('end', () => resolve({ status: response.statusCode, body }));
      response.on('error', (error) => resolve(error.message));
    });
    request.on('error', (error) => resolve(error.message));
    request.end('{}');
  });
}
