/** Why no token is given, as RFC 6749, 5.2, has it. */

const TOKEN_ERRORS = [
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'invalid_scope',
  'unsupported_grant_type',
] as const;

export type TokenError = (typeof TOKEN_ERRORS)[number];

export class TokenRefused extends Error {
  override name = 'TokenRefused';
  readonly error: TokenError;
  /** Seconds to wait, where too many attempts have failed. */
  readonly wait: number | null;

  /** `description`: one sentence of our own, without anything that was sent. */
  constructor(error: TokenError, description: string, wait: number | null = null) {
    super(description);
    this.error = error;
    this.wait = wait;
  }
}
