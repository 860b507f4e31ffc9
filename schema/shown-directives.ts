/** What a printed part of the supergraph shows of it: who may read what, and nothing of how the graph is put together. */
import { type ConstDirectiveNode, type DefinitionNode, visit } from 'graphql';

const SHOWN: ReadonlySet<string> = new Set([
  'guestAccess',
  'guestProfileId',
  'authenticated',
  'requiresScopes',
  'policy',
  'deprecated',
]);

const isShown = ({ name }: ConstDirectiveNode): boolean => SHOWN.has(name.value);

/** Without what clients never see, either. */
export const withoutPlumbing = (node: DefinitionNode): DefinitionNode =>
  visit(node, {
    FieldDefinition: (field) =>
      field.directives?.some(({ name }) => name.value === 'inaccessible') ? null : undefined,
    Directive: (directive) => (isShown(directive as ConstDirectiveNode) ? undefined : null),
  }) as DefinitionNode;
