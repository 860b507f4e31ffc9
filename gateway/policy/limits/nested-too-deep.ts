import { GraphQLError } from 'graphql';
import { LIMIT_CODES } from './limits.ts';

/**
 * Selections in each other, of fields and fragments alike. Validation, planning and completion follow them by calling
 * themselves, some with several calls for each level: the stack of Node ends at some thousand.
 */
export const MOST_NESTED = 1_200;

export const nestedTooDeep = (): GraphQLError =>
  new GraphQLError('The text or a variable is nested deeper than it can be followed: ask in parts.', {
    extensions: { code: LIMIT_CODES.depth },
  });
