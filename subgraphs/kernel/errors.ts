/**
 * What a subgraph may say when it refuses. Anything else that is thrown reaches the client as "Internal error" with an
 * id that the log has. Messages say what was expected; they never hold a value that was sent or stored.
 */

type RefusalCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'BAD_USER_INPUT'
  | 'GUEST_FIELD_VIEW_ONLY'
  | 'GRANT_REQUIRED'
  | 'GRANT_REFUSED'
  | 'CONFLICT';

/** An access refusal, or input that no form could have sent: a top-level error with a code. */
export class Refused extends Error {
  override name = 'Refused';
  readonly code: RefusalCode;
  readonly extensions: Readonly<Record<string, unknown>>;
  constructor(code: RefusalCode, message: string, extensions: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.extensions = extensions;
  }
}

export interface UserError {
  /** A code of the subgraph's `UserErrorCode` enum. */
  code: string;
  /** The input field it is about, dotted: `slots.0.endsAt`. */
  field: string | null;
  message: string;
}

/** Input that a person can put right: the mutation does nothing and answers with `userErrors`. */
export class InvalidInput extends Error {
  override name = 'InvalidInput';
  readonly userErrors: readonly UserError[];
  constructor(...userErrors: readonly UserError[]) {
    super(userErrors.map((each) => each.message).join(' '));
    this.userErrors = userErrors;
  }
}
