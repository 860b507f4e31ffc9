/** Which operation a request may run, by its form and by how its client is met. */
import type { ListedOperation, ListOfCaller } from './lists.ts';
import {
  badRequest,
  idAndText,
  idRequired,
  notInList,
  notInSafelist,
  notRegistered,
  notSupported,
} from './persisted-refusals.ts';
import type { RegisteredTexts } from './registered-texts.ts';
import type { AskedOperation } from './request-form.ts';

/** A published operation; or a text, which is read and validated as any other. */
type Decision = { listed: ListedOperation } | { text: string };

interface Deciding {
  list: ListOfCaller;
  /** A caller's own texts; null for who may have none kept: strangers. */
  registered: { get(hash: string): string | null; keep: OwnKeep } | null;
  /** Of a text in one spelling. Throws GraphQLError where it is no GraphQL. */
  hashOf(text: string): string;
}

type OwnKeep = (hash: string, text: string) => void;

/** Throws GraphQLError with the code that is documented for what is refused; nothing is run then. */
export function decide({ id, by, text }: AskedOperation, { list, registered, hashOf }: Deciding): Decision {
  const runsTexts = list.mode === 'open' || list.mode === 'log-unknown';
  if (id === null) {
    if (list.mode === 'require-id') throw idRequired();
    if (text === null)
      throw badRequest('Expected an operation: its text in "query", or the id of one in "documentId".');
    if (runsTexts) return { text };
    const listed = list.byHash(hashOf(text));
    if (!listed) throw notInSafelist();
    return { listed };
  }
  const listed = list.byId(id);
  if (text === null && listed) return { listed };
  if (text !== null && (listed || !runsTexts)) throw idAndText();
  if (by !== 'hash' || !runsTexts) throw notInList();
  if (!registered) throw notSupported();
  return { text: text === null ? found(registered.get(id)) : kept(registered.keep, id, text) };
}

function found(text: string | null): string {
  if (text === null) throw notRegistered();
  return text;
}

function kept(keep: OwnKeep, hash: string, text: string): string {
  keep(hash, text);
  return text;
}

/** Of one caller: no other may name the same. */
export const ownTexts = (texts: RegisteredTexts, caller: string): Deciding['registered'] => ({
  get: (hash) => texts.get(caller, hash),
  keep: (hash, text) => texts.keep(caller, hash, text),
});
