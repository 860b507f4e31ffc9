/** Heads of the chains as text, one to a line, to be kept where nobody of the database's reaches them. */
import type { Head } from './chain.ts';

/** How a chain of callers at no school is named. */
const NO_SCHOOL = '-';

/** `900001 1234 9f86d0…`: the chain, its length, and the hash of its last seal. */
export const writeHeads = (heads: readonly Head[]): string =>
  heads.map(({ school, length, hash }) => `${school || NO_SCHOOL} ${length} ${hash.toString('hex')}\n`).join('');

const LINE = /^(?<school>-|\d{5,6}) (?<length>[1-9]\d{0,15}) (?<hash>[0-9a-f]{64})$/;

/** Throws where a line is none that `writeHeads` writes. Several files may be put together. */
export function readHeads(text: string): Head[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    if (line.trim() === '') return [];
    const { school = '', length = '', hash = '' } = LINE.exec(line.trim())?.groups ?? {};
    if (hash === '') throw new Error(`Line ${index + 1} is not "SCHOOL LENGTH HASH", as "audit -- heads" prints it.`);
    return [{ school: school === NO_SCHOOL ? '' : school, length: Number(length), hash: Buffer.from(hash, 'hex') }];
  });
}
