/**
 * A client's variables under names that are not the planner's: it sends keys to subgraphs in a variable of its own, and
 * the stock executor fails where the client has one of that name.
 */
import { type DocumentNode, visit } from 'graphql';

/** What the planner names its own: representations of entities, and arguments from around one (`@fromContext`). */
const isReserved = (name: string): boolean => name === 'representations' || name.startsWith('contextualArgument_');

export interface RenamedVariables {
  document: DocumentNode;
  /** From the client's values to those under the planned names. */
  rename(variables: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
}

export function withoutReservedVariables(document: DocumentNode): RenamedVariables {
  const taken = new Set<string>();
  visit(document, { Variable: ({ name }) => void taken.add(name.value) });
  const reserved = [...taken].filter(isReserved);
  if (reserved.length === 0) return { document, rename: (variables) => variables };
  let prefix = 'client_';
  while (reserved.some((name) => taken.has(prefix + name))) prefix = `_${prefix}`;
  return {
    document: visit(document, {
      Variable: (variable) =>
        isReserved(variable.name.value)
          ? { ...variable, name: { ...variable.name, value: prefix + variable.name.value } }
          : undefined,
    }),
    rename(variables) {
      const renamed = { ...variables };
      for (const name of reserved) {
        if (renamed[name] !== undefined) renamed[prefix + name] = renamed[name];
        delete renamed[name];
      }
      return renamed;
    },
  };
}
