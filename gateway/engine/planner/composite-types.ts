/** The parts of a supergraph's text that what is handed to the planner is made of. */
import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  type SelectionSetNode,
  type TypeNode,
  valueFromASTUntyped,
} from 'graphql';

export type Composite = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

export const isComposite = (node: DefinitionNode): node is Composite =>
  node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION;

/** The value of a directive's argument; undefined where it was not given. */
export function literalOf({ arguments: given = [] }: ConstDirectiveNode, name: string): unknown {
  const argument = given.find((each) => each.name.value === name);
  return argument && valueFromASTUntyped(argument.value);
}

/** The name of a type without its lists and non-nulls. */
export const namedType = (type: TypeNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);

/** A field set (`id organisation { id }`) as a selection set. */
export function selectionSetOf(fieldSet: string): SelectionSetNode {
  const [operation] = parse(`{ ${fieldSet} }`, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('Expected a field set.');
  return operation.selectionSet;
}
