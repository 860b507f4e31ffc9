import { describe, expect, it } from 'vitest';
import { createFailedAttempts } from './failed-attempts.ts';

describe('failed attempts', () => {
  it('of one client from one address are ten, then there is a wait; others are not kept from theirs', async () => {
    const count = createFailedAttempts();
    for (let attempt = 0; attempt < 10; attempt += 1) expect(await count('app', '10.0.0.1')).toBeNull();
    expect(await count('app', '10.0.0.1')).toBeGreaterThan(0);
    expect(await count('app', '10.0.0.2')).toBeNull();
    expect(await count('other', '10.0.0.1')).toBeNull();
  });

  it('are those of a network: another address of it, or another spelling, is no way round', async () => {
    const count = createFailedAttempts();
    for (let attempt = 0; attempt < 10; attempt += 1) await count('app', `2001:db8::${attempt}`);
    expect(await count('app', '2001:0DB8:0:0:ffff::1')).toBeGreaterThan(0);
    for (let attempt = 0; attempt < 10; attempt += 1) await count('app', '10.0.0.1');
    expect(await count('app', '::ffff:10.0.0.1')).toBeGreaterThan(0);
  });

  it('from one address are a hundred, whatever the client', async () => {
    const count = createFailedAttempts();
    const waits: (number | null)[] = [];
    for (let attempt = 0; attempt < 101; attempt += 1) waits.push(await count(`app ${attempt}`, '10.0.0.1'));
    expect(waits.filter((wait) => wait === null).length).toBeGreaterThan(95);
    expect(waits.at(-1)).toBeGreaterThan(0);
  });
});
