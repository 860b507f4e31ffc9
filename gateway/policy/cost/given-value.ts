/** What an argument is given, as the operation writes it: known now, or with a request's variables. */
import { type GraphQLArgument, Kind, type ValueNode, valueFromAST, visit } from 'graphql';
import type { Variables } from './terms.ts';

/** Undefined where it is not given and has no default. */
export type GivenValue = { known: true; value: unknown } | { known: false; value(variables: Variables): unknown };

/** Of a valid operation. The argument's default holds where it, or its variable, is left out; null is null. */
export function givenValue({ type, defaultValue }: GraphQLArgument, node: ValueNode | undefined): GivenValue {
  if (!node) return { known: true, value: defaultValue };
  if (node.kind === Kind.VARIABLE) {
    const name = node.name.value;
    return { known: false, value: (variables) => (variables[name] === undefined ? defaultValue : variables[name]) };
  }
  if (hasVariables(node)) return { known: false, value: (variables) => valueFromAST(node, type, variables) };
  return { known: true, value: valueFromAST(node, type) };
}

function hasVariables(node: ValueNode): boolean {
  let found = false;
  visit(node, {
    Variable() {
      found = true;
    },
  });
  return found;
}
