/** Routes that ask who is calling: each is authenticated. */
export const GRAPHQL_ROUTE = '/graphql';

/** For a persisted operation. */
export const PERSISTED_ROUTE = '/graphql/:id';

/** A token stands in the place of `*`. */
export const PICTURES_ROUTE = '/pictures/*';

/** What a client has published, for the sandbox. */
export const LISTED_ROUTE = '/sandbox/operations';

export interface GraphAddress {
  route: typeof GRAPHQL_ROUTE | typeof PERSISTED_ROUTE;
  pathId: string | undefined;
  /** From the question mark on; empty without one. */
  search: string;
}

const PERSISTED = /^\/graphql\/(?<id>[^/]{1,300})$/;

/** What clients of proxies write before the path, and a server must take: https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2 */
const ORIGIN = /^https?:\/\/[^/?#]+/i;

/** Null for an address of something else. */
export function readGraphAddress(target: string): GraphAddress | null {
  const url = target.startsWith('/') ? target : target.replace(ORIGIN, '');
  if (!url.startsWith(GRAPHQL_ROUTE)) return null;
  const end = url.indexOf('?');
  const [path, search] = end < 0 ? [url, ''] : [url.slice(0, end), url.slice(end)];
  if (path === GRAPHQL_ROUTE) return { route: GRAPHQL_ROUTE, pathId: undefined, search };
  const id = PERSISTED.exec(path)?.groups?.id;
  return id === undefined ? null : { route: PERSISTED_ROUTE, pathId: decoded(id), search };
}

/** What cannot be decoded is left as it is: it is no id, and whoever sent it is told so. */
function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
