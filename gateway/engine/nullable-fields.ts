/**
 * The supergraph as the stock executor may have it: no field that must not be null. It propagates such nulls itself,
 * and where any subgraph has told of an error it does not say so; left to the completion, each null is explained.
 */
import { type FieldDefinitionNode, Kind, parse, print, type TypeNode, visit } from 'graphql';

export const withNullableFields = (supergraphSdl: string): string =>
  print(
    visit(parse(supergraphSdl), {
      FieldDefinition: (field): FieldDefinitionNode => ({
        ...field,
        type: nullable(field.type),
        directives: (field.directives ?? []).map((each) => ({
          ...each,
          arguments: (each.arguments ?? []).map((argument) =>
            // `@join__field(type: "[Person!]!")`: the type as one subgraph has it
            argument.name.value === 'type' && argument.value.kind === Kind.STRING
              ? { ...argument, value: { ...argument.value, value: argument.value.value.replaceAll('!', '') } }
              : argument,
          ),
        })),
      }),
    }),
  );

function nullable(type: TypeNode): TypeNode {
  if (type.kind === Kind.NON_NULL_TYPE) return nullable(type.type);
  return type.kind === Kind.LIST_TYPE ? { ...type, type: nullable(type.type) } : type;
}
