import { describe, expect, it } from 'vitest';
import { isSha256, readOperationId, sha256Of } from './operation-id.ts';

const HASH = sha256Of('{ a }');

describe('the id of a persisted operation', () => {
  it.each([
    ['a bare hash', HASH, HASH],
    ['a prefixed hash', `sha256:${HASH}`, HASH],
    ['a prefixed hash in capitals', `SHA256:${HASH.toUpperCase()}`, HASH],
    ['an id of a compiler’s own', 'Roster.v1', 'Roster.v1'],
    ['an MD5 as Relay has it', '0123456789abcdef0123456789abcdef', '0123456789abcdef0123456789abcdef'],
    ['a prefix without a hash after it', 'sha256:Roster', 'sha256:Roster'],
  ])('is %s', (_what, written, read) => {
    expect(readOperationId(written)).toBe(read);
  });

  it.each([[7], [null], [undefined], [''], ['a b'], ['a/../b\n'], ['é'], ['{ a }'], ['a'.repeat(101)], [[HASH]]])(
    'is not %j',
    (written) => {
      expect(readOperationId(written)).toBeNull();
    },
  );

  it('is a hash where it has the form of one', () => {
    expect([isSha256(HASH), isSha256(HASH.toUpperCase()), isSha256('Roster')]).toEqual([true, false, false]);
  });
});
