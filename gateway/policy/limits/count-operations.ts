/** Counts what the operations of a document ask for. */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { countLiterals } from './count-values.ts';
import { fragmentsToFollow } from './fragments.ts';
import { MOST_NESTED, nestedTooDeep } from './nested-too-deep.ts';
import type { Tally } from './tally.ts';

type Definition = OperationDefinitionNode | FragmentDefinitionNode;

/**
 * Every operation of a document is counted for itself, not only the one that is to be run: validation looks at all of
 * them. A fragment that none of them spreads is counted as if it were one. The tally keeps the highest count of each
 * kind. Each selection that is looked at is counted, so that the work ends where the limit is. Throws OverLimit.
 */
export function countOperations(document: DocumentNode, tally: Tally): void {
  countLiterals(document, tally);
  const spread = new Set<string>();
  const count = createCount(document, tally, spread);
  for (const node of document.definitions) if (node.kind === Kind.OPERATION_DEFINITION) count(node);
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION && !spread.has(node.name.value)) count(node);
}

function createCount(document: DocumentNode, tally: Tally, spread: Set<string>) {
  const fragments = fragmentsToFollow(document);
  let looked = 0;
  return (definition: Definition): void => {
    const own = createCounters(tally);
    own.directives(definition);
    for (const variable of definition.variableDefinitions ?? []) own.directives(variable);

    const walk = ({ selections }: SelectionSetNode, level: Level, nested = 1): void => {
      if (nested > MOST_NESTED) throw nestedTooDeep();
      for (const selection of selections) {
        looked += 1;
        tally.reach('selections', looked);
        own.directives(selection);
        if (selection.kind === Kind.FIELD) {
          const here = below(level, selection);
          tally.reach(here.isIntrospection ? 'introspectionDepth' : 'depth', here.depth);
          own.field(selection);
          if (selection.selectionSet) walk(selection.selectionSet, here, nested + 1);
        } else if (selection.kind === Kind.INLINE_FRAGMENT) walk(selection.selectionSet, level, nested + 1);
        else {
          const fragment = fragments.get(selection.name.value);
          if (!fragment) continue;
          spread.add(fragment.name.value);
          own.directives(fragment);
          walk(fragment.selectionSet, level, nested + 1);
        }
      }
    };
    walk(definition.selectionSet, { depth: 0, isIntrospection: false });
  };
}

interface Level {
  depth: number;
  isIntrospection: boolean;
}

const below = ({ depth, isIntrospection }: Level, { name }: FieldNode): Level =>
  isIntrospection || !startsIntrospection(name.value)
    ? { depth: depth + 1, isIntrospection }
    : { depth: 1, isIntrospection: true };

const startsIntrospection = (field: string): boolean => field === '__schema' || field === '__type';

/** What adds up over one operation. */
function createCounters(tally: Tally) {
  let fields = 0;
  let directives = 0;
  const renamed = new Map<string, number>();
  const introspection = new Map<string, number>();
  const oneMore = (counts: Map<string, number>, name: string): number => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count;
  };
  return {
    field({ name: { value: name }, alias }: FieldNode): void {
      fields += 1;
      tally.reach('fields', fields);
      if (alias && alias.value !== name) tally.reach('aliases', oneMore(renamed, name));
      if (startsIntrospection(name)) tally.reach('introspection', oneMore(introspection, name));
    },
    directives({ directives: more = [] }: Pick<Definition, 'directives'>): void {
      directives += more.length;
      tally.reach('directives', directives);
    },
  };
}
