import type { Caller } from '../../subgraphs/kernel/caller.ts';
import type { TokenVerifier } from './token-verifier.ts';
import { Unauthenticated } from './unauthenticated.ts';

/** RFC 6750, 2.1; the scheme's name is read in any case (RFC 9110, 11.1). */
const BEARER = /^Bearer +(?<token>[\w\-.~+/]+=*)$/i;

/**
 * The caller of an `Authorization` header; null where there is none. A header that is there must hold: nobody who
 * believes to be signed in is served as a stranger. Throws Unauthenticated.
 */
export type Authenticate = (authorization: string | undefined) => Promise<Caller | null>;

export const createAuthenticate =
  (verify: TokenVerifier): Authenticate =>
  async (authorization) => {
    if (authorization === undefined) return null;
    const token = BEARER.exec(authorization)?.groups?.token;
    if (!token) throw new Unauthenticated();
    return verify(token);
  };
