import { describe, expect, it } from 'vitest';
import { admissionSubjects } from './admission.ts';
import { policyTable } from './run.ts';
import { signatureSubjects } from './signatures.ts';
import { timeOne } from './time-one.ts';

describe('the bench of policy', () => {
  it('times what is admitted and what is verified, and not what is refused', async () => {
    for (const { work } of [...admissionSubjects(), ...(await signatureSubjects())]) {
      expect(await work()).not.toBeNull();
    }
  });

  it('tells how long one takes, however many are timed together', async () => {
    const busy = () => {
      for (const end = performance.now() + 0.02; performance.now() < end; );
    };
    const { median, p99 } = await timeOne(busy, 60);
    expect(median).toBeGreaterThan(19);
    expect(p99).toBeGreaterThanOrEqual(median);
  });

  it('says of a target whether it is met', () => {
    const subject = { name: 'a', work: () => null, p99: 30 };
    const text = policyTable([
      { ...subject, most: 20, median: 12 },
      { ...subject, most: 20, median: 21 },
      { ...subject, most: null, median: 5 },
    ]);
    expect(text.split('\n').slice(2)).toEqual([
      '| a | 12.0 | 30.0 | 20 | met |',
      '| a | 21.0 | 30.0 | 20 | **short** |',
      '| a | 5.0 | 30.0 | – | – |',
    ]);
  });
});
