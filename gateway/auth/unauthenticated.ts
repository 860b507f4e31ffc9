/**
 * A credential that was sent does not hold. One sentence whatever the reason, so that nobody learns from it how a
 * better forgery would look. Over HTTP: 401 with `WWW-Authenticate: Bearer error="invalid_token"` (RFC 6750, 3.1).
 */
export class Unauthenticated extends Error {
  override name = 'Unauthenticated';
  constructor() {
    super('The access token is not valid: expected "Authorization: Bearer" and a token of this graph that is in date.');
  }
}
