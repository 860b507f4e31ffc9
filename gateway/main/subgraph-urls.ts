import type { Supergraph } from '../supergraph/supergraph.ts';

/** Where `npm run subgraphs` puts this project's own, on the same machine. */
export const OWN_SUBGRAPH_URLS: Readonly<Record<string, string>> = {
  students: 'http://127.0.0.1:4001/graphql',
  'shared-teaching': 'http://127.0.0.1:4002/graphql',
};

/** Where each subgraph is called. Throws where that is not known of one. */
export function urlsOf(
  { subgraphs }: Pick<Supergraph, 'subgraphs'>,
  configured: Readonly<Record<string, string>>,
): Record<string, string> {
  const urls = subgraphs.map(({ name, url }): [string, string] => [name, configured[name] ?? url]);
  const missing = urls.filter(([, url]) => !isHttp(url)).map(([name]) => name);
  if (missing.length > 0)
    throw new Error(
      `The supergraph does not say where these subgraphs are: ${missing.join(', ')}. Expected an http or https URL for each: given when composing, or in SUBGRAPH_URLS.`,
    );
  return Object.fromEntries(urls);
}

const isHttp = (url: string): boolean => /^https?:$/.test(URL.parse(url)?.protocol ?? '');
