/** A token request as it was sent (RFC 6749, 2.3.1 and 4.4.2): each parameter once, and credentials in one way. */
import { TokenRefused } from './token-refused.ts';

/** What came in the form; a parameter that came twice is an array. */
export type TokenForm = Readonly<Record<string, unknown>>;

export interface Credentials {
  clientId: string;
  secret: string;
}

/** Undefined where it was left out or is empty, which is the same (RFC 6749, 3.2). Throws TokenRefused. */
export function parameter(form: TokenForm, name: string): string | undefined {
  const value = form[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string') throw new TokenRefused('invalid_request', `Expected the parameter "${name}" once.`);
  return value;
}

/** Throws TokenRefused. */
export function credentialsOf(authorization: string | undefined, form: TokenForm): Credentials {
  const [clientId, secret] = [parameter(form, 'client_id'), parameter(form, 'client_secret')];
  if (authorization === undefined) {
    if (clientId === undefined || secret === undefined) throw new TokenRefused('invalid_client', NO_CREDENTIALS);
    return { clientId, secret };
  }
  if (secret !== undefined) throw new TokenRefused('invalid_request', ONE_WAY);
  const basic = readBasic(authorization);
  if (!basic) throw new TokenRefused('invalid_client', NO_CREDENTIALS);
  if (clientId !== undefined && clientId !== basic.clientId) throw new TokenRefused('invalid_request', ONE_WAY);
  return basic;
}

const NO_CREDENTIALS =
  'Expected the credentials of a client: as HTTP Basic authentication, or as "client_id" and "client_secret" in the form.';
const ONE_WAY = 'Expected the credentials of one client, in one way: HTTP Basic authentication or the form.';

/** RFC 7617, 2; the scheme's name is read in any case (RFC 9110, 11.1). */
const BASIC = /^Basic +(?<encoded>[\w\-.~+/]+=*)$/i;

function readBasic(authorization: string): Credentials | null {
  const encoded = BASIC.exec(authorization)?.groups?.encoded;
  const text = encoded === undefined ? '' : Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 1) return null;
  const [clientId, secret] = [decoded(text.slice(0, colon)), decoded(text.slice(colon + 1))];
  return clientId && secret ? { clientId, secret } : null;
}

/** Both are encoded as in a form before they are joined (RFC 6749, 2.3.1); names and secrets of ours look the same so. */
function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
}
