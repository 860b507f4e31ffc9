/**
 * Where errors happened, in the client's own terms. A planner fetches more than was asked (keys, `@requires`), and an
 * error there names fields that the client cannot see: it is told at the nearest place that the client asked for.
 */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** An operation as its client wrote it, and how its keys were planned. */
interface AskedOperation {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  plannedKey(responseKey: string, fieldName: string): string;
}

type Path = readonly (string | number)[];

/** What a subgraph says of a guest field that came without its grant. */
const LACKS_GRANT = 'GRANT_REFUSED';

/** What paths hold for a call to a subgraph that failed as a whole, and are no fields. */
const OF_FETCHES: ReadonlySet<string> = new Set(['@', '_entities']);

/** The errors of a planned operation, at the client's places; without those that only follow from another. */
export function atClientPlaces(asked: AskedOperation, errors: readonly GraphQLError[]): GraphQLError[] {
  const placeOf = createPlaceOf(asked);
  const placed = errors.map((error) => ({ error, ...placeOf(error.path) }));
  const isLacking = ({ error }: (typeof placed)[number]) => error.extensions.code === LACKS_GRANT;
  const causes = placed.filter((each) => each.wasUnasked && !isLacking(each));
  return placed
    .filter((each) => !isLacking(each) || !causes.some(({ path }) => isPrefix(path ?? [], each.path ?? [])))
    .map(({ error: { message, extensions, originalError }, path }) => {
      return new GraphQLError(message, { path, extensions, originalError: originalError ?? null });
    });
}

/**
 * A null that is explained already, at its own place, above or below it, is not explained again; nor is one that a
 * neighbour's has taken with it: `reachOf` says how far up a null goes. An error without a place (a call that was refused
 * as a whole) is about all of the answer.
 */
export const notYetTold = (
  more: readonly GraphQLError[],
  told: readonly GraphQLError[],
  reachOf: (path: Path) => Path,
): GraphQLError[] =>
  more.filter(
    ({ path = [] }) =>
      !told.some((each) => isPrefix(path, each.path ?? []) || isPrefix(reachOf(each.path ?? []), path)),
  );

const isPrefix = (start: Path, path: Path): boolean => start.every((key, index) => key === path[index]);

/** Follows a path through the operation as it was asked, up to the first key that is not in it: `wasUnasked` a field. */
function createPlaceOf({ document, operation, plannedKey }: AskedOperation) {
  const fieldsOf = createFieldsOf(document);
  return (planned: Path | undefined): { path: Path | null; wasUnasked: boolean } => {
    if (!planned) return { path: null, wasUnasked: false };
    const path: (string | number)[] = [];
    let sets = [operation.selectionSet];
    for (const key of planned) {
      if (typeof key === 'string') {
        const fields = sets.flatMap(fieldsOf).filter((field) => plannedKey(keyOf(field), field.name.value) === key);
        const [first] = fields;
        if (!first) return { path, wasUnasked: !OF_FETCHES.has(key) };
        path.push(keyOf(first));
        sets = fields.flatMap(({ selectionSet }) => selectionSet ?? []);
      } else path.push(key);
    }
    return { path, wasUnasked: false };
  };
}

const keyOf = ({ alias, name }: FieldNode): string => (alias ?? name).value;

/** The fields of a selection set, through fragments of any type. */
function createFieldsOf(document: DocumentNode) {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const fieldsOf = ({ selections }: SelectionSetNode): FieldNode[] =>
    selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [selection];
      const inner = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      return inner ? fieldsOf(inner.selectionSet) : [];
    });
  return fieldsOf;
}
