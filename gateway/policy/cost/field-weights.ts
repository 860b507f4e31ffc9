/** What the schema says of a field that an operation selects: its own weight, and how long its lists may be. */
import {
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isObjectType,
} from 'graphql';
import type { CostRules, ListSize } from './cost-rules.ts';
import type { SelectedField } from './selected-fields.ts';

/** An object weighs this where nothing is stated; scalars and enums nothing. */
const OBJECT_WEIGHT = 1;

interface StatedSize extends ListSize {
  /** Whether the operation asks the very field that states it, and can give its arguments. */
  isOwn: boolean;
}

interface FieldWeights {
  /** Of one item, without what is selected of it. Where one of several types may answer, the highest. */
  weightOf(selected: SelectedField): number;
  /** Where one of several types may answer, what each of them states. */
  listSizesOf(selected: SelectedField): StatedSize[];
}

export function createFieldWeights(schema: GraphQLSchema, rules: CostRules): FieldWeights {
  const possibleTypes = (type: GraphQLCompositeType) => (isObjectType(type) ? [type] : schema.getPossibleTypes(type));

  const weightOfType = (output: GraphQLOutputType): number => {
    const type = getNamedType(output);
    if (!isCompositeType(type)) return rules.weightOf(type.name) ?? 0;
    return Math.max(...possibleTypes(type).map(({ name }) => rules.weightOf(name) ?? OBJECT_WEIGHT), 0);
  };

  const answering = ({ parent, types, node: { name } }: SelectedField) =>
    possibleTypes(parent)
      .filter((type) => !types || types.has(type.name))
      .flatMap((type) => {
        const field = type.getFields()[name.value];
        return field ? [{ coordinate: `${type.name}.${field.name}`, type: field.type }] : [];
      });

  return {
    weightOf: (selected) =>
      Math.max(0, ...answering(selected).map((each) => rules.weightOf(each.coordinate) ?? weightOfType(each.type))),
    listSizesOf(selected) {
      const own = rules.listSizeOf(`${selected.parent.name}.${selected.node.name.value}`);
      if (own) return [{ ...own, isOwn: true }];
      return answering(selected).flatMap(({ coordinate }) => {
        const stated = rules.listSizeOf(coordinate);
        return stated ? [{ ...stated, isOwn: false }] : [];
      });
    },
  };
}
