/**
 * Finds a specification's directives in a supergraph by the URL of its `@link`, because a local name may vary
 * (https://specs.apollo.dev/link/v1.0/).
 */
import { type ConstDirectiveNode, type DirectiveNode, type DocumentNode, Kind, valueFromASTUntyped } from 'graphql';

interface Link {
  /** Without its version: `https://specs.apollo.dev/requiresScopes`. */
  url: string;
  /** What stands before the double underscore of names that are not imported. */
  namespace: string;
  /** The specification's name of an element → its local name. */
  imported: ReadonlyMap<string, string>;
  purpose: string | null;
}

export const SPEC = {
  authenticated: 'https://specs.apollo.dev/authenticated',
  requiresScopes: 'https://specs.apollo.dev/requiresScopes',
  policy: 'https://specs.apollo.dev/policy',
  inaccessible: 'https://specs.apollo.dev/inaccessible',
  tag: 'https://specs.apollo.dev/tag',
  join: 'https://specs.apollo.dev/join',
  context: 'https://specs.apollo.dev/context',
  cost: 'https://specs.apollo.dev/cost',
  guestAccess: 'https://schoolgraph.example/guest-access',
} as const;

export interface LinkedDirectives {
  links: readonly Link[];
  /** The local name, without the `@`, of a directive of a specification; null where the supergraph does not link it. */
  nameOf(spec: string, directive: string): string | null;
}

export function linkedDirectives(supergraph: DocumentNode): LinkedDirectives {
  const links = linkDirectivesOf(supergraph).map(readLink);
  return {
    links,
    nameOf(spec, directive) {
      const link = links.find(({ url }) => url === spec);
      if (!link) return null;
      const imported = link.imported.get(`@${directive}`);
      if (imported) return imported.slice(1);
      return spec.endsWith(`/${directive}`) ? link.namespace : `${link.namespace}__${directive}`;
    },
  };
}

/** The `@link` applications of the schema definition and its extensions. */
function linkDirectivesOf(supergraph: DocumentNode): ConstDirectiveNode[] {
  return supergraph.definitions.flatMap((definition) =>
    definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION
      ? (definition.directives ?? []).filter(({ name }) => name.value === 'link')
      : [],
  );
}

function readLink(directive: ConstDirectiveNode): Link {
  const args = argumentsOf(directive) as { url: string; as?: string; for?: string; import?: (string | Import)[] };
  const url = withoutVersion(args.url);
  const imported = (args.import ?? []).map((each): [string, string] =>
    typeof each === 'string' ? [each, each] : [each.name, each.as ?? each.name],
  );
  const namespace = args.as ?? url.slice(url.lastIndexOf('/') + 1);
  return { url, namespace, imported: new Map(imported), purpose: args.for ?? null };
}

const withoutVersion = (url: string): string => url.replace(/\/v\d+\.\d+\/?$/, '');

/** Whether a directive is the `@link` to one of these specifications. */
export function isLinkTo(directive: DirectiveNode, specs: readonly string[]): boolean {
  if (directive.name.value !== 'link') return false;
  const url = directive.arguments?.find(({ name }) => name.value === 'url')?.value;
  return url?.kind === Kind.STRING && specs.includes(withoutVersion(url.value));
}

interface Import {
  name: string;
  as?: string;
}

export const argumentsOf = (directive: ConstDirectiveNode): Record<string, unknown> =>
  Object.fromEntries((directive.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)]));

/** The applications of one directive on a node; none where the directive has no local name. */
export const applicationsOf = (
  node: { directives?: readonly ConstDirectiveNode[] | undefined },
  name: string | null,
): readonly ConstDirectiveNode[] =>
  name === null ? [] : (node.directives ?? []).filter((each) => each.name.value === name);
