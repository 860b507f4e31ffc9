/** `@skip` and `@include` by a literal: what is left out whatever the variables are is not planned. */
import { type DirectiveNode, type DocumentNode, Kind, type SelectionSetNode, visit } from 'graphql';

/** The operation without what is left out so, and without such conditions. */
export function withoutLiteralConditions(document: DocumentNode): DocumentNode {
  const decided = <Selection extends { directives?: readonly DirectiveNode[] }>(node: Selection) => {
    const { directives = [] } = node;
    if (directives.length === 0) return undefined;
    if (directives.some((each) => holds(each) === false)) return null;
    return { ...node, directives: directives.filter((each) => holds(each) === undefined) };
  };
  return visit(document, {
    Field: { enter: decided },
    InlineFragment: { enter: decided },
    FragmentSpread: { enter: decided },
    SelectionSet: {
      leave: (set): SelectionSetNode | undefined => (set.selections.length === 0 ? NOTHING_MORE : undefined),
    },
  });
}

export const isCondition = ({ name: { value } }: DirectiveNode): boolean => value === 'skip' || value === 'include';

export const conditionOf = (directive: DirectiveNode) =>
  isCondition(directive) ? directive.arguments?.find(({ name }) => name.value === 'if')?.value : undefined;

/** Undefined where a variable decides it. */
function holds(directive: DirectiveNode): boolean | undefined {
  const value = conditionOf(directive);
  return value?.kind === Kind.BOOLEAN ? value.value === (directive.name.value === 'include') : undefined;
}

/** A set of selections holds something. */
const NOTHING_MORE: SelectionSetNode = {
  kind: Kind.SELECTION_SET,
  selections: [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }],
};
