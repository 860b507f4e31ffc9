/**
 * The variables on which an operation's `@skip` and `@include` depend, put in. What a field requires may be fetched under
 * a condition, for another field's sake; where it was left out, an entity that lacks it looks like one of which it could
 * not be had. So what requires is planned for each set of values by itself.
 */
import { type DirectiveNode, type DocumentNode, Kind, type SelectionSetNode, visit } from 'graphql';
import type { Run, RunStep } from './run.ts';

/** Each once, in the order in which they stand. */
export function conditionsOf(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive(directive) {
      const value = conditionOf(directive);
      if (value?.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}

/** Of one operation, for as many sets of values. */
const MOST_KEPT = 32;

/** `compile`: of an operation without conditions. */
export function compileByConditions(
  document: DocumentNode,
  conditions: readonly string[],
  compile: (decided: DocumentNode) => Promise<RunStep>,
): RunStep {
  const kept = new Map<string, Promise<RunStep>>();
  const stepFor = (key: string, variables: Run['variables']): Promise<RunStep> => {
    const known = kept.get(key);
    if (known) return known;
    const step = compile(withConditions(document, variables));
    kept.set(key, step);
    // what could not be planned may be another time
    step.catch(() => kept.delete(key));
    for (const oldest of kept.keys()) if (kept.size > MOST_KEPT) kept.delete(oldest);
    return step;
  };
  return async (run) => {
    const step = await stepFor(conditions.map((name) => Number(run.variables[name] === true)).join(''), run.variables);
    await step(run);
  };
}

/** The operation without what is left out whatever the variables are. */
export const withoutLiteralConditions = (document: DocumentNode): DocumentNode => withConditions(document, null);

/** The operation without what is left out at these values, and without conditions. Null: where no variable says so. */
function withConditions(document: DocumentNode, variables: Run['variables'] | null): DocumentNode {
  /** Undefined where it is not decided. */
  const holds = (directive: DirectiveNode): boolean | undefined => {
    const value = conditionOf(directive);
    if (value?.kind === Kind.BOOLEAN) return value.value === (directive.name.value === 'include');
    if (value?.kind !== Kind.VARIABLE || !variables) return undefined;
    return (variables[value.name.value] === true) === (directive.name.value === 'include');
  };
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

const isCondition = ({ name: { value } }: DirectiveNode): boolean => value === 'skip' || value === 'include';

const conditionOf = (directive: DirectiveNode) =>
  isCondition(directive) ? directive.arguments?.find(({ name }) => name.value === 'if')?.value : undefined;

/** A set of selections holds something. */
const NOTHING_MORE: SelectionSetNode = {
  kind: Kind.SELECTION_SET,
  selections: [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }],
};
