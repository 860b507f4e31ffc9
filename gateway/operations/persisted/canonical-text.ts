/**
 * One spelling for texts that ask for the same: white space, comments and the order of definitions do not tell them apart.
 * Nothing else is forgiven: the order of fields is the order of the answer.
 */
import { type DefinitionNode, type DocumentNode, Kind, print } from 'graphql';
import { sha256Of } from './operation-id.ts';

/** Operations before fragments, each by name. */
export function canonicalText({ definitions, ...document }: DocumentNode): string {
  const sorted = [...definitions].sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
  return print({ ...document, definitions: sorted });
}

export const canonicalHash = (document: DocumentNode): string => sha256Of(canonicalText(document));

function placeOf(node: DefinitionNode): string {
  const name = 'name' in node ? (node.name?.value ?? '') : '';
  return `${node.kind === Kind.OPERATION_DEFINITION ? 0 : 1} ${name}`;
}
