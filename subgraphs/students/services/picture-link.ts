/** A student's picture is fetched by a link, made for one caller and good for a minute. Its address is no secret. */

import { type Call, signedIn } from '../../kernel/subgraph/call.ts';
import type { OpenedLink, SignedLinks } from '../../kernel/subgraph/signed-link.ts';

const PATH = '/pictures';

interface PictureSubject {
  /** UUID of the student. */
  student: string;
  /** UUID of the guest profile through which the picture was asked for; null for the home record. */
  profile: string | null;
}

/** And whom the link was made for. */
export interface OpenedPictureLink extends PictureSubject, Pick<OpenedLink, 'caller'> {}

export const pictureLink = (call: Pick<Call, 'links' | 'caller'>, { student, profile }: PictureSubject): string =>
  call.links.sign(PATH, { student, profile }, signedIn(call));

/**
 * What the token of a picture's address stands for, or null: altered, older than a minute, not of a picture. Whoever
 * serves it asks for the caller's access anew: a minute is long enough for a right to end.
 */
export function openPictureLink(links: SignedLinks, token: string): OpenedPictureLink | null {
  const link = links.open(PATH, token);
  const { student, profile } = link?.claims ?? {};
  return link && typeof student === 'string' ? { student, profile: profile ?? null, caller: link.caller } : null;
}
