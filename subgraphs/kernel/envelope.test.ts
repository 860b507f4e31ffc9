import { describe, expect, it } from 'vitest';
import type { Caller } from './caller.ts';
import { createOpener, createSealer, ENVELOPE_WINDOW_MS, type SealedRequest } from './envelope.ts';

const key = (id: string, fill: number) => ({ id, secret: Buffer.alloc(32, fill).toString('base64url') });
const [FIRST, SECOND] = [key('first', 1), key('second', 2)];
const CALLER: Caller = {
  subject: '00000000-0000-7000-8000-000000000001',
  kind: 'person',
  name: 'Ünä Tester',
  role: 'TEACHER',
  school: '900001',
  scopes: ['students:read'],
  client: null,
};
const at = (time: number) => () => new Date(time);
const NOW = Date.UTC(2026, 10, 4, 9);
const seal = (keys = [FIRST], time = NOW): SealedRequest =>
  createSealer(keys, at(time)).seal('students', CALLER, '{"query":"{ a }"}');
const opener = (keys = [FIRST], time = NOW, audience = 'students') => createOpener(audience, keys, at(time));
const altered = (change: (request: SealedRequest) => void): SealedRequest => {
  const request = structuredClone(seal());
  change(request);
  return request;
};

describe('an envelope', () => {
  it('opens for whom it was sealed, and gives the caller', () => {
    expect(opener().open(seal())).toEqual(CALLER);
  });

  it('opens where nobody is signed in', () => {
    expect(opener().open(createSealer([FIRST], at(NOW)).seal('students', null, ''))).toBeNull();
  });

  it('opens with either of two live keys, and not with one that is retired', () => {
    expect(opener([SECOND, FIRST]).open(seal([FIRST]))).toEqual(CALLER);
    expect(opener([SECOND, FIRST]).open(seal([SECOND, FIRST]))).toEqual(CALLER);
    expect(() => opener([SECOND]).open(seal([FIRST]))).toThrow('not signed with a key');
  });

  it('opens once', () => {
    const [once, request] = [opener(), seal()];
    once.open(request);
    expect(() => once.open(request)).toThrow('served before');
  });

  it('remembers what it opened for as long as it would open', () => {
    let time = NOW;
    const clock = () => new Date(time);
    const once = createOpener('students', [FIRST], clock);
    for (let step = 0; step < 20; step += 1) {
      const request = createSealer([FIRST], clock).seal('students', CALLER, '');
      once.open(request);
      for (const later of [1, ENVELOPE_WINDOW_MS / 2, ENVELOPE_WINDOW_MS]) {
        time += later === 1 ? 1 : 0;
        expect(() => once.open(request)).toThrow('served before');
      }
      time += ENVELOPE_WINDOW_MS / 3;
    }
  });

  it.each([ENVELOPE_WINDOW_MS, -ENVELOPE_WINDOW_MS])('opens up to %d ms off, and not beyond', (off) => {
    expect(opener([FIRST], NOW + off).open(seal())).toEqual(CALLER);
    expect(() => opener([FIRST], NOW + off + Math.sign(off)).open(seal())).toThrow('not of this moment');
  });

  it('does not open for another subgraph', () => {
    expect(() => opener([FIRST], NOW, 'shared-teaching').open(seal())).toThrow('another subgraph');
  });

  it.each<[string, (request: SealedRequest) => void]>([
    [
      'the body',
      (request) => {
        request.body = request.body.replace('a', 'b');
      },
    ],
    [
      'the path',
      (request) => {
        request.path = '/other';
      },
    ],
    [
      'the method',
      (request) => {
        request.method = 'GET';
      },
    ],
    [
      'the audience',
      (request) => {
        request.headers['schoolgraph-audience'] = 'shared-teaching';
      },
    ],
    [
      'the time',
      (request) => {
        request.headers['schoolgraph-time'] = String(NOW + 1);
      },
    ],
    [
      'a time that is none',
      (request) => {
        request.headers['schoolgraph-time'] = 'NaN';
      },
    ],
    [
      'the nonce',
      (request) => {
        request.headers['schoolgraph-nonce'] = 'another';
      },
    ],
    [
      'the caller',
      (request) => {
        request.headers['schoolgraph-caller'] = Buffer.from('{"role":"DATA_LEAD"}').toString('base64url');
      },
    ],
    [
      'the signature',
      (request) => {
        request.headers['schoolgraph-signature'] = Buffer.alloc(32).toString('base64url');
      },
    ],
    [
      'no signature',
      (request) => {
        delete request.headers['schoolgraph-signature'];
      },
    ],
    [
      'no key',
      (request) => {
        delete request.headers['schoolgraph-key'];
      },
    ],
  ])('does not open with %s altered', (_what, change) => {
    expect(() => opener().open(altered(change))).toThrow();
  });

  it('is not sealed without a key', () => {
    expect(() => createSealer([])).toThrow('needs a key');
  });
});
