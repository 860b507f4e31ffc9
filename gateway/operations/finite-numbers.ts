/**
 * A number in the text that no number can hold, as `1e400`. The built-in scalars refuse it; one of a schema's own would be
 * handed infinity, which cannot be sent on.
 */
import { GraphQLError, type ValidationRule, type ValueNode } from 'graphql';

export const FiniteNumbersRule: ValidationRule = (context) => {
  const check = (node: ValueNode & { value: string }) => {
    if (!Number.isFinite(Number(node.value)))
      context.reportError(new GraphQLError('Expected a number that is not too large.', { nodes: node }));
  };
  return { IntValue: check, FloatValue: check };
};
