/** What `@tag` of a supergraph marks (https://specs.apollo.dev/tag/v0.3), by its place in the schema. */
import { type ConstDirectiveNode, type DocumentNode, isTypeDefinitionNode, Kind } from 'graphql';
import { applicationsOf, argumentsOf, type LinkedDirectives, SPEC } from '../linked-directives.ts';

/**
 * Places as `Type`, `Type.field`, `Type.field(argument:)`, `Input.field`, `Enum.VALUE`
 * (https://spec.graphql.org/draft/#sec-Schema-Coordinates).
 */
export type Places = ReadonlySet<string>;

export const argumentPlace = (field: string, name: string): string => `${field}(${name}:)`;

export function placesTagged(tag: string, supergraph: DocumentNode, linked: LinkedDirectives): Places {
  const tagName = linked.nameOf(SPEC.tag, 'tag');
  const places = new Set<string>();
  const look = (place: string, node: { directives?: readonly ConstDirectiveNode[] | undefined }): void => {
    if (applicationsOf(node, tagName).some((each) => argumentsOf(each).name === tag)) places.add(place);
  };
  for (const node of supergraph.definitions) {
    if (!isTypeDefinitionNode(node)) continue;
    const type = node.name.value;
    look(type, node);
    if (node.kind === Kind.ENUM_TYPE_DEFINITION)
      for (const value of node.values ?? []) look(`${type}.${value.name.value}`, value);
    if (!('fields' in node)) continue;
    for (const field of node.fields ?? []) {
      const place = `${type}.${field.name.value}`;
      look(place, field);
      if (field.kind === Kind.FIELD_DEFINITION)
        for (const argument of field.arguments ?? []) look(argumentPlace(place, argument.name.value), argument);
    }
  }
  return places;
}
