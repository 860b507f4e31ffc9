/** What composition left in a supergraph that its API schema does not show, and an answer has to heed. */
import { type DocumentNode, isTypeDefinitionNode, Kind } from 'graphql';
import { applicationsOf, argumentsOf, type LinkedDirectives, SPEC } from '../supergraph/linked-directives.ts';

export interface CompositionRules {
  /** Names of types and, as `Enum.VALUE`, of enum values that are `@inaccessible`: an answer has null in their place. */
  inaccessible: ReadonlySet<string>;
  /** Interfaces that some subgraph knows as an object type (`@interfaceObject`), and cannot tell what is behind. */
  interfaceObjects: ReadonlySet<string>;
}

export function readCompositionRules(supergraph: DocumentNode, linked: LinkedDirectives): CompositionRules {
  const hides = linked.nameOf(SPEC.inaccessible, 'inaccessible');
  const joinType = linked.nameOf(SPEC.join, 'type');
  const [inaccessible, interfaceObjects] = [new Set<string>(), new Set<string>()];
  for (const node of supergraph.definitions) {
    if (!isTypeDefinitionNode(node)) continue;
    if (applicationsOf(node, hides).length > 0) inaccessible.add(node.name.value);
    if (node.kind === Kind.ENUM_TYPE_DEFINITION)
      for (const value of node.values ?? [])
        if (applicationsOf(value, hides).length > 0) inaccessible.add(`${node.name.value}.${value.name.value}`);
    if (applicationsOf(node, joinType).some((each) => argumentsOf(each).isInterfaceObject === true))
      interfaceObjects.add(node.name.value);
  }
  return { inaccessible, interfaceObjects };
}
