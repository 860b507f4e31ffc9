/** What composition left in a supergraph that its API schema does not show, and an answer has to heed. */
import { type DocumentNode, isTypeDefinitionNode, Kind, type TypeDefinitionNode } from 'graphql';
import { applicationsOf, argumentsOf, type LinkedDirectives, SPEC } from '../supergraph/linked-directives.ts';

export interface CompositionRules {
  /** Names of types and, as `Enum.VALUE`, of enum values that are `@inaccessible`: an answer has null in their place. */
  inaccessible: ReadonlySet<string>;
  /** Interfaces that some subgraph knows as an object type (`@interfaceObject`), and cannot tell what is behind. */
  interfaceObjects: ReadonlySet<string>;
  /** Names of fields that others may need: those of keys, of `@requires` and of `@fromContext`. */
  neededFields: ReadonlySet<string>;
}

export function readCompositionRules(supergraph: DocumentNode, linked: LinkedDirectives): CompositionRules {
  const hides = linked.nameOf(SPEC.inaccessible, 'inaccessible');
  const joinType = linked.nameOf(SPEC.join, 'type');
  const joinField = linked.nameOf(SPEC.join, 'field');
  const [inaccessible, interfaceObjects] = [new Set<string>(), new Set<string>()];
  const neededFields = new Set<string>();
  for (const node of supergraph.definitions) {
    if (!isTypeDefinitionNode(node)) continue;
    if (applicationsOf(node, hides).length > 0) inaccessible.add(node.name.value);
    if (node.kind === Kind.ENUM_TYPE_DEFINITION)
      for (const value of node.values ?? [])
        if (applicationsOf(value, hides).length > 0) inaccessible.add(`${node.name.value}.${value.name.value}`);
    if (applicationsOf(node, joinType).some((each) => argumentsOf(each).isInterfaceObject === true))
      interfaceObjects.add(node.name.value);
    for (const set of fieldSetsOf(node, joinType, joinField))
      for (const name of set.match(NAMES) ?? []) neededFields.add(name);
  }
  return { inaccessible, interfaceObjects, neededFields };
}

/** Of fields, and with them those of types and arguments, which do no harm. */
const NAMES = /[A-Za-z_]\w*/g;

/** What a type's keys are, what its fields require, and what they have from around them. */
function fieldSetsOf(node: TypeDefinitionNode, joinType: string | null, joinField: string | null): string[] {
  const fields = 'fields' in node ? (node.fields ?? []) : [];
  const keys = applicationsOf(node, joinType).map((each) => argumentsOf(each).key);
  const ofFields = fields.flatMap((field) =>
    applicationsOf(field, joinField).flatMap((each) => {
      const { requires, contextArguments = [] } = argumentsOf(each) as FieldSets;
      return [requires, ...contextArguments.map(({ selection }) => selection)];
    }),
  );
  return [...keys, ...ofFields].filter((set) => typeof set === 'string');
}

interface FieldSets {
  requires?: string;
  contextArguments?: readonly { selection?: string }[];
}
