// @ts-check
/** Calls to the graph as whoever is signed in. */

/**
 * @typedef {{ query?: string, documentId?: string, variables?: unknown, operationName?: string | null | undefined }} Operation
 */

/**
 * @param {string} endpoint
 * @param {() => Record<string, string>} authorization
 * @param {(isSignedOut: boolean) => void} heard told after each answer whether the graph did not take the token
 */
export function createFetcher(endpoint, authorization, heard) {
  /**
   * @param {Operation} operation
   * @param {{ headers?: Record<string, string> }} [options]
   */
  return async ({ query, documentId, variables, operationName }, { headers } = {}) => {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json', ...authorization(), ...headers },
      body: JSON.stringify({ query, documentId, variables, operationName }),
      credentials: 'omit',
      cache: 'no-store',
    });
    heard(response.status === 401);
    if (!/json/.test(response.headers.get('content-type') ?? ''))
      throw new Error(`The graph answered ${response.status} without JSON.`);
    return response.json();
  };
}

/**
 * @param {unknown} data
 * @param {readonly (string | number)[]} path
 */
export const valueAt = (data, path) =>
  path.reduce(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    data,
  );
