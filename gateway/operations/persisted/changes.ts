/** What a list changes for who had the one before: by the names of operations, which is how clients and app grants know them. */
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  print,
  type SelectionSetNode,
} from 'graphql';
import { onlyOperationOf } from './operation-text.ts';

interface NamedOperation {
  id: string;
  name: string;
  document: DocumentNode;
}

interface ListChanges {
  added: readonly string[];
  /** Under the same id, and so the same text. */
  unchanged: readonly string[];
  changed: readonly string[];
  gone: readonly string[];
  /** Sentences: what a client that was written for the list before would miss. */
  breaking: readonly string[];
}

export function changesOf(before: readonly NamedOperation[], now: readonly NamedOperation[]): ListChanges {
  const [old, next] = [byName(before), byName(now)];
  const changes: Record<keyof ListChanges, string[]> = {
    added: [],
    unchanged: [],
    changed: [],
    gone: [],
    breaking: [],
  };
  for (const name of [...new Set([...next.keys(), ...old.keys()])].sort()) {
    const [one, other] = [old.get(name), next.get(name)];
    if (!one) changes.added.push(name);
    else if (!other) changes.gone.push(name);
    else if (one.id === other.id) changes.unchanged.push(name);
    else {
      changes.changed.push(name);
      changes.breaking.push(...breakingOf(one.document, other.document).map((what) => `${name}: ${what}`));
    }
  }
  return changes;
}

const byName = (list: readonly NamedOperation[]) => new Map(list.map((each) => [each.name, each]));

/** A field of the answer that is gone, and a variable that must be given or has another type. */
function breakingOf(before: DocumentNode, now: DocumentNode): string[] {
  const [old, next] = [onlyOperationOf(before), onlyOperationOf(now)];
  if (!old || !next) return [];
  const answered = answeredBy(now, next);
  const gone = [...answeredBy(before, old)].filter((path) => !answered.has(path));
  const firstGone = gone.filter((path) => !gone.some((other) => path.startsWith(`${other}.`)));
  return [
    ...(old.operation === next.operation ? [] : [`it is a ${next.operation} now.`]),
    ...firstGone.map((path) => `its answer has no "${path}" any more.`),
    ...variableProblems(old, next),
  ];
}

function variableProblems(before: OperationDefinitionNode, now: OperationDefinitionNode): string[] {
  const typesOf = ({ variableDefinitions = [] }: OperationDefinitionNode) =>
    new Map(variableDefinitions.map((each) => [each.variable.name.value, { ...each, text: print(each.type) }]));
  const old = typesOf(before);
  return [...typesOf(now)].flatMap(([name, { type, text, defaultValue }]) => {
    const known = old.get(name);
    if (!known)
      return type.kind === Kind.NON_NULL_TYPE && !defaultValue ? [`it needs a variable "$${name}" (${text}).`] : [];
    // what was not null may be null now, and nobody minds
    const isAsBefore = known.text === text || known.text === `${text}!`;
    return isAsBefore ? [] : [`its variable "$${name}" is ${text}, and was ${known.text}.`];
  });
}

/** Every place of the answer, `guestProfiles.nodes.id`, under the client's own keys. */
function answeredBy({ definitions }: DocumentNode, operation: OperationDefinitionNode): Set<string> {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of definitions) if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const paths = new Set<string>();
  const walk = ({ selections }: SelectionSetNode, above: string, spread: ReadonlySet<string>): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const path = `${above}${(selection.alias ?? selection.name).value}`;
        paths.add(path);
        if (selection.selectionSet) walk(selection.selectionSet, `${path}.`, spread);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) walk(selection.selectionSet, above, spread);
      else {
        const { value: name } = selection.name;
        const fragment = spread.has(name) ? undefined : fragments.get(name);
        if (fragment) walk(fragment.selectionSet, above, new Set([...spread, name]));
      }
    }
  };
  walk(operation.selectionSet, '', new Set());
  return paths;
}
