import { describe, expect, it } from 'vitest';
import { createFailedAttempts, networkOf } from './failed-attempts.ts';

describe('failed attempts', () => {
  it('of one client from one address are ten, then there is a wait; others are not kept from theirs', async () => {
    const count = createFailedAttempts();
    for (let attempt = 0; attempt < 10; attempt += 1) expect(await count('app', '10.0.0.1')).toBeNull();
    expect(await count('app', '10.0.0.1')).toBeGreaterThan(0);
    expect(await count('app', '10.0.0.2')).toBeNull();
    expect(await count('other', '10.0.0.1')).toBeNull();
  });

  it('from one address are a hundred, whatever the client', async () => {
    const count = createFailedAttempts();
    const waits: (number | null)[] = [];
    for (let attempt = 0; attempt < 101; attempt += 1) waits.push(await count(`app ${attempt}`, '10.0.0.1'));
    expect(waits.filter((wait) => wait === null).length).toBeGreaterThan(95);
    expect(waits.at(-1)).toBeGreaterThan(0);
  });
});

describe('the network of an address', () => {
  it.each([
    ['10.0.0.1', '10.0.0.1'],
    ['::ffff:10.0.0.1', '::ffff:10.0.0.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['2001:db8:1:2::', '2001:db8:1:2'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::1', '0:0:0:0'],
    ['1::2:3:4:5:6:7', '1:0:2:3'],
  ])('%s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
