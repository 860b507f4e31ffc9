/**
 * Texts that callers have had kept under their hashes (automatic persisted queries). Each caller has a place of their own:
 * what one has had kept another never runs, and nobody can fill another's.
 */
import { isSha256, sha256Of } from './operation-id.ts';
import { notItsHash } from './persisted-refusals.ts';

export interface RegisteredTexts {
  get(caller: string, hash: string): string | null;
  /** Throws GraphQLError where it is not the text's hash; then nothing is kept. */
  keep(caller: string, hash: string, text: string): void;
}

const MOST = { callers: 1_000, texts: 50, characters: 100_000, allCharacters: 10_000_000 };

interface CallersTexts {
  texts: Map<string, string>;
  characters: number;
}

/** Of one caller the oldest texts go first, of all the caller who has asked for none for the longest. */
export function createRegisteredTexts(most = MOST): RegisteredTexts {
  const callers = new Map<string, CallersTexts>();
  let allCharacters = 0;
  const forget = (own: CallersTexts, hash: string): void => {
    const length = own.texts.get(hash)?.length ?? 0;
    if (!own.texts.delete(hash)) return;
    own.characters -= length;
    allCharacters -= length;
  };
  const used = (caller: string, own: CallersTexts): void => {
    callers.delete(caller);
    callers.set(caller, own);
  };
  const makeRoom = (own: CallersTexts): void => {
    for (const oldest of own.texts.keys()) {
      if (own.texts.size <= most.texts && own.characters <= most.characters) break;
      forget(own, oldest);
    }
    for (const [caller, { characters }] of callers) {
      if (callers.size <= most.callers && allCharacters <= most.allCharacters) break;
      callers.delete(caller);
      allCharacters -= characters;
    }
  };
  return {
    get(caller, hash) {
      const own = callers.get(caller);
      const text = own?.texts.get(hash);
      if (!own || text === undefined) return null;
      used(caller, own);
      own.texts.delete(hash);
      own.texts.set(hash, text);
      return text;
    },
    keep(caller, hash, text) {
      if (!isSha256(hash) || sha256Of(text) !== hash) throw notItsHash();
      const own = callers.get(caller) ?? { texts: new Map(), characters: 0 };
      used(caller, own);
      forget(own, hash);
      own.texts.set(hash, text);
      own.characters += text.length;
      allCharacters += text.length;
      makeRoom(own);
    },
  };
}
