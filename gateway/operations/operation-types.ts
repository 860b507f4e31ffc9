/**
 * An operation of a type that the schema has not is not valid: there is no root whose fields could be asked for. graphql-js
 * 16 finds nothing wrong with it, as nothing in it has a type (https://github.com/graphql/graphql-spec/pull/955).
 */
import { GraphQLError, OperationTypeNode, type ValidationRule } from 'graphql';

export const KnownOperationTypesRule: ValidationRule = (context) => ({
  OperationDefinition(node) {
    // a subscription is told that none is served
    if (node.operation === OperationTypeNode.SUBSCRIPTION || context.getSchema().getRootType(node.operation)) return;
    context.reportError(
      new GraphQLError(`The ${node.operation} operation is not supported by the schema.`, { nodes: [node] }),
    );
  },
});
