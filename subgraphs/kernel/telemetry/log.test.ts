import { describe, expect, it } from 'vitest';
import { createKnownNames } from './known-names.ts';
import { createLog, type LogOptions } from './log.ts';
import type { LogFields } from './log-fields.ts';
import type { LogMessage } from './log-messages.ts';

const ID = '019377a0-0000-7000-8000-000000000001';
const CANARY = 'Canary';

function logged(options: Partial<LogOptions> = {}) {
  const lines: string[] = [];
  const names = createKnownNames();
  names.add('subgraph', ['students']);
  names.add('route', ['/pictures/:token']);
  const to = { write: (line: string) => void lines.push(line) };
  return { lines, log: createLog({ level: 'trace', names, traceId: () => undefined, to, ...options }) };
}

function lineOf(message: unknown, fields: unknown): Record<string, unknown> {
  const { lines, log } = logged();
  log(message as LogMessage, fields as LogFields);
  return JSON.parse(lines[0] ?? '') as Record<string, unknown>;
}

describe('a log line', () => {
  it('says when, how loud, what, and the fields', () => {
    const fields = { method: 'POST', route: '/pictures/:token', status: 200, durationMs: 1.5 } as const;
    const { time, ...line } = lineOf('A request was answered.', fields);
    expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(line).toEqual({ level: 'info', message: 'A request was answered.', ...fields });
  });

  it('of an error says its kind, code and place', () => {
    const error = Object.assign(new TypeError(CANARY), { code: 'ECONNRESET' });
    expect(lineOf('An internal error was answered.', { id: ID, error })).toMatchObject({
      level: 'error',
      id: ID,
      error: {
        kind: 'TypeError',
        code: 'ECONNRESET',
        at: expect.arrayContaining([expect.stringMatching(/^subgraphs.*log\.test\.ts:\d+:\d+$/)]),
      },
    });
  });

  it('has of a duration as many digits as clocks have: ten of what a difference adds would look like a pupil’s number', () => {
    expect(lineOf('A subgraph was called.', { durationMs: 1.9990000024437904 }).durationMs).toBe(1.999);
  });

  it('has the id of the trace', () => {
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const { lines, log } = logged({ traceId: () => traceId });
    log('A request was answered.');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ traceId });
  });

  it.each([
    ['id', CANARY],
    ['id', `${ID} ${CANARY}`],
    ['id', `${ID}\n`],
    ['traceId', CANARY],
    ['method', CANARY],
    ['method', 'get'],
    ['route', '/pictures/Canary'],
    ['status', CANARY],
    ['status', 2_000],
    ['status', '200'],
    ['durationMs', CANARY],
    ['durationMs', Number.NaN],
    ['durationMs', { toJSON: () => CANARY }],
    ['subgraph', CANARY],
    ['subgraph', ['students']],
    ['failure', CANARY],
    ['code', 'CANARY'],
    ['circuit', CANARY],
    ['event', CANARY],
    ['eventId', CANARY],
    ['school', CANARY],
    ['school', 'A801200001001'],
    ['school', '900001 Canary'],
    ['refusal', CANARY],
    ['count', -1],
    ['count', [CANARY]],
  ])('redacts %s where it holds %s', (field, value) => {
    const line = lineOf('A request was answered.', { [field]: value });
    expect(line[field]).toBe('[redacted]');
    expect(JSON.stringify(line)).not.toContain(CANARY);
  });

  it.each([
    { [CANARY]: 1 },
    { msg: CANARY },
    { message: CANARY },
    { level: CANARY },
    { time: CANARY },
    { err: new Error(CANARY) },
    JSON.parse(`{ "__proto__": "${CANARY}" }`),
    { toJSON: () => CANARY },
    { error: { message: CANARY } },
    { error: CANARY },
  ])('has no field that is not declared: %#', (fields) => {
    const line = lineOf('A request was answered.', fields);
    expect(JSON.stringify(line)).not.toContain(CANARY);
    expect(line).toMatchObject({ level: 'info', message: 'A request was answered.' });
  });

  it('has no other message than those of the table', () => {
    for (const message of [CANARY, 'toString', { toString: () => CANARY }]) {
      const line = lineOf(message, {});
      expect(line).toMatchObject({ level: 'error', message: '[redacted]' });
      expect(JSON.stringify(line)).not.toContain(CANARY);
    }
  });

  it('is not written below the level that was set', () => {
    const { lines, log } = logged({ level: 'warn' });
    log('A request was answered.');
    log('The circuit of a subgraph changed.');
    expect(lines.map((line) => JSON.parse(line).level)).toEqual(['warn']);
  });
});

describe('the compiler', () => {
  it('refuses a text of somebody’s', () => {
    const { log } = logged();
    // @ts-expect-error no message of one’s own
    log('Amelia was saved.');
    // @ts-expect-error a status is a number
    log('A request was answered.', { status: 'Amelia' });
    // @ts-expect-error no field that is not declared
    log('A request was answered.', { name: 'Amelia' });
    // @ts-expect-error one of the known failures
    log('The circuit of a subgraph changed.', { failure: 'Amelia' });
  });
});
