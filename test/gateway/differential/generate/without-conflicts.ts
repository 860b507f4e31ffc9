/** Selections of one response key must be of one field: where two are not, one is given an alias of its own. */
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  OverlappingFieldsCanBeMergedRule,
  validate,
  visit,
} from 'graphql';

export function withoutConflicts(schema: GraphQLSchema, document: DocumentNode): DocumentNode {
  let current = document;
  for (let number = 1; ; number += 1) {
    const [conflict] = validate(schema, current, [OverlappingFieldsCanBeMergedRule], { maxErrors: 1 });
    if (!conflict) return current;
    const field = conflict.nodes?.findLast((node) => node.kind === Kind.FIELD);
    if (!field) throw new Error(`Expected a conflict to be between fields: ${conflict.message}`);
    current = renamed(current, field, `own${number}`);
  }
}

const renamed = (document: DocumentNode, field: FieldNode, alias: string): DocumentNode =>
  visit(document, {
    Field: { leave: (node) => (node === field ? { ...node, alias: { kind: Kind.NAME, value: alias } } : undefined) },
  });
