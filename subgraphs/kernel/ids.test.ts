import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeId, encodeId, newUuid } from './ids.ts';

describe('a public id', () => {
  it('gives its UUID back', () => {
    fc.assert(fc.property(fc.uuid(), (uuid) => decodeId('Student', encodeId('Student', uuid)) === uuid));
  });

  it('is of one kind only', () => {
    expect(decodeId('GuestProfile', encodeId('Student', newUuid()))).toBeNull();
  });

  it.each([
    '',
    'stu_',
    'stu_short',
    'STU_AAAAAAAAAAAAAAAAAAAAAA',
    'stu_AAAAAAAAAAAAAAAAAAAAAAA',
    'stu_AAAAAAAAAAAAAAAAAAAA==',
    'stu_ÄAAAAAAAAAAAAAAAAAAAAA',
    "stu_' or 1=1 --aaaaaaaaa",
  ])('%j does not decode', (id) => expect(decodeId('Student', id)).toBeNull());

  it('has one spelling: a last letter that decodes to the same bytes is none', () => {
    const id = encodeId('Student', '00000000-0000-7000-8000-000000000000');
    expect(decodeId('Student', id)).not.toBeNull();
    expect(decodeId('Student', `${id.slice(0, -1)}B`)).toBeNull();
  });
});
