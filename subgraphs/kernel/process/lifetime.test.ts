import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Asked, createLifetime, failureOf } from './lifetime.ts';
import { NotDone } from './not-done.ts';

function lifetimeOf() {
  const told: string[] = [];
  const signals = new EventEmitter();
  return { told, signals, lifetime: createLifetime((line) => told.push(line), signals) };
}

describe('a lifetime', () => {
  it('closes what was started, newest first, each after the other has closed', async () => {
    const { lifetime } = lifetimeOf();
    const closed: string[] = [];
    lifetime.started('The database', () => closed.push('database'));
    lifetime.started('The gateway', () => sleep(20).then(() => closed.push('gateway')));
    await lifetime.end();
    expect(closed).toEqual(['gateway', 'database']);
  });

  it('goes on past what fails to close or takes too long, and says so', async () => {
    const { lifetime, told } = lifetimeOf();
    let isClosed = false;
    lifetime.started('The database', () => {
      isClosed = true;
    });
    lifetime.started('The worker', () => new Promise(() => undefined), 20);
    lifetime.started('The gateway', () => {
      throw new Error('no route');
    });
    await lifetime.end();
    expect(told).toEqual(['The gateway failed to stop (no route).', 'The worker did not stop within 0.02 s.']);
    expect(isClosed).toBe(true);
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'])('is asked for its end by %s', async (signal) => {
    const { lifetime, signals } = lifetimeOf();
    signals.emit(signal);
    await lifetime.asked;
  });

  it('ends a start half-way, with what was being started among what is closed', async () => {
    const { lifetime, signals } = lifetimeOf();
    let isClosed = false;
    signals.emit('SIGTERM');
    expect(() => lifetime.started('The database', () => (isClosed = true))).toThrow(Asked);
    expect(() => lifetime.goOn()).toThrow(Asked);
    await lifetime.end();
    expect(isClosed).toBe(true);
  });

  it('takes the same Ctrl-C, which comes from the terminal and from npm, for one', async () => {
    const { lifetime, signals } = lifetimeOf();
    signals.emit('SIGINT');
    signals.emit('SIGINT');
    await lifetime.asked;
  });
});

describe('a start that failed', () => {
  it('is told in our own words', () => {
    expect(failureOf(new Error('Port 4000 is in use: stop what uses it.'))).toBe(
      'Port 4000 is in use: stop what uses it.',
    );
    class NotPublished extends NotDone {}
    expect(failureOf(new NotPublished('There is no client "nobody".'))).toBe('There is no client "nobody".');
  });

  it('is told without a database’s words, and without a parser’s: they quote', () => {
    class DatabaseError extends Error {
      override name = 'DatabaseError';
      code = '23505';
    }
    const told = failureOf(new DatabaseError('Key (name)=(Canary) exists.'));
    expect(told).toMatch(/^DatabaseError 23505\n {4}at subgraphs\/kernel\/process\/lifetime\.test\.ts:\d+:\d+/);
    expect(told + failureOf(new SyntaxError('Unexpected token in {"key":"Canary"'))).not.toContain('Canary');
    expect(failureOf('Canary')).toBe('no error');
  });
});
