/** One call to a subgraph: the context that its resolvers see. */
import type { Caller, SystemCaller } from '../caller.ts';
import type { Session } from '../database/transaction.ts';
import { Refused } from '../errors.ts';
import type { Grant, GrantSigner } from '../guest-access/grant.ts';
import type { HiddenFields } from '../guest-access/hidden-fields.ts';
import type { CallNotes } from '../record/call-notes.ts';
import type { SignedLinks } from './signed-link.ts';

export interface Call<Loaders = unknown> extends Session {
  caller: Caller | null;
  loaders: Loaders;
  /** After a change: what was loaded before is forgotten. */
  renewLoaders(): void;
  /** The grants that came with this call and verified, by their text and by the profile's UUID. */
  grants: { byText: ReadonlyMap<string, Grant>; byProfile: ReadonlyMap<string, Grant> };
  /** What the answer withheld, told in `extensions.guestAccess.hidden`. */
  hidden: HiddenFields;
  /** What it reads and changes, for the record: noted for every resolver, none need do it. */
  observed: CallNotes;
  /** Throws in every subgraph but the one whose definition says `signsGrants`. */
  grantSigner: GrantSigner;
  /** For what is shown to this caller outside the graph. */
  links: SignedLinks;
}

/** The person or app that is signed in. Throws Refused UNAUTHENTICATED. */
export function signedIn({ caller }: { caller: Caller | SystemCaller | null }): Caller {
  if (!caller || caller.kind === 'system') throw new Refused('UNAUTHENTICATED', 'Sign in first: no caller is known.');
  return caller;
}

/** URN of the caller's school. Throws Refused FORBIDDEN for a caller who is at none. */
export function schoolOf({ school }: Pick<Session, 'school'>): string {
  if (school === null) throw new Refused('FORBIDDEN', 'Only a caller at a school may do this.');
  return school;
}
