/**
 * A client's variables under names that are not the planner's: it sends keys to subgraphs in a variable of its own, and
 * the stock executor fails where the client has one of that name.
 */
import { type DocumentNode, visit } from 'graphql';

/** What the planner's `_entities` calls name theirs. */
const RESERVED = 'representations';

export interface RenamedVariables {
  document: DocumentNode;
  /** From the client's values to those under the planned names. */
  rename(variables: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
}

export function withoutReservedVariables(document: DocumentNode): RenamedVariables {
  const taken = new Set<string>();
  visit(document, { Variable: ({ name }) => void taken.add(name.value) });
  if (!taken.has(RESERVED)) return { document, rename: (variables) => variables };
  let free = `client_${RESERVED}`;
  while (taken.has(free)) free = `_${free}`;
  return {
    document: visit(document, {
      Variable: (variable) =>
        variable.name.value === RESERVED ? { ...variable, name: { ...variable.name, value: free } } : undefined,
    }),
    rename({ [RESERVED]: value, ...others }) {
      return value === undefined ? others : { ...others, [free]: value };
    },
  };
}
