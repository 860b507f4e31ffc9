/** A document of type definitions without what is not in a contract. */
import {
  type DefinitionNode,
  type DocumentNode,
  type EnumTypeDefinitionNode,
  type InputObjectTypeDefinitionNode,
  type InterfaceTypeDefinitionNode,
  isTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type TypeDefinitionNode,
} from 'graphql';
import { argumentPlace, type Places } from './tags.ts';

/** Definitions of directives are left out, too: nothing of theirs can be tagged. */
export function contractDocument(document: DocumentNode, places: Places): DocumentNode {
  const definitions = document.definitions.flatMap((node): DefinitionNode[] => {
    if (isTypeDefinitionNode(node)) return places.has(node.name.value) ? [reduced(node, places)] : [];
    if (node.kind !== Kind.SCHEMA_DEFINITION) return [];
    const operationTypes = node.operationTypes.filter(({ type }) => places.has(type.name.value));
    return [{ ...node, directives: [], operationTypes }];
  });
  return { ...document, definitions };
}

function reduced(node: TypeDefinitionNode, places: Places): TypeDefinitionNode {
  switch (node.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION:
      return withFields(node, places);
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return { ...node, fields: ownOf(node, node.fields ?? [], places) };
    case Kind.ENUM_TYPE_DEFINITION:
      return { ...node, values: ownOf(node, node.values ?? [], places) };
    case Kind.UNION_TYPE_DEFINITION:
      return { ...node, types: (node.types ?? []).filter(({ name }) => places.has(name.value)) };
    case Kind.SCALAR_TYPE_DEFINITION:
      return node;
  }
}

function withFields<Node extends ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode>(
  node: Node,
  places: Places,
): Node {
  const fields = ownOf(node, node.fields ?? [], places).map((field) => {
    const place = `${node.name.value}.${field.name.value}`;
    const isIn = (name: string) => places.has(argumentPlace(place, name));
    return { ...field, arguments: (field.arguments ?? []).filter(({ name }) => isIn(name.value)) };
  });
  return { ...node, fields, interfaces: (node.interfaces ?? []).filter(({ name }) => places.has(name.value)) };
}

const ownOf = <Member extends { name: { value: string } }>(
  type: ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode | InputObjectTypeDefinitionNode | EnumTypeDefinitionNode,
  members: readonly Member[],
  places: Places,
): Member[] => members.filter(({ name }) => places.has(`${type.name.value}.${name.value}`));
