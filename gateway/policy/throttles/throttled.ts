/** Refusals for a while: the same request may be sent again. Over HTTP they are 429 with `retry-after` (RFC 6585, 4). */
import { GraphQLError } from 'graphql';

/** What limits in time are called outside: the setting's name, and the code of a refusal. */
export const THROTTLE_CODES = { budget: 'LIMIT_BUDGET', planning: 'LIMIT_PLANNING' } as const;

export type ThrottleName = keyof typeof THROTTLE_CODES;

export class Throttled extends GraphQLError {
  /** Whole, 1 at the least. */
  readonly retryAfterSeconds: number;

  constructor(name: ThrottleName, waitMs: number) {
    const seconds = Math.max(1, Math.ceil(waitMs / 1000));
    super(`${TOLD[name]} Ask again in ${seconds} s.`, { extensions: { code: THROTTLE_CODES[name] } });
    this.retryAfterSeconds = seconds;
  }
}

const TOLD: Readonly<Record<ThrottleName, string>> = {
  budget: 'What was asked for in the last minute has cost as much as it may.',
  planning: 'More new operations were sent than can be made ready: those that were sent before are answered.',
};

/** Of the errors of one answer. */
export const throttledBy = (errors: readonly unknown[]): Throttled | undefined =>
  errors.find((error) => error instanceof Throttled);
