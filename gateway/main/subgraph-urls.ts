import type { Supergraph } from '../supergraph/supergraph.ts';

/** Where `npm run subgraphs` puts this project's own, on the same machine. */
export const OWN_SUBGRAPH_URLS: Readonly<Record<string, string>> = {
  students: 'http://127.0.0.1:4001/graphql',
  'shared-teaching': 'http://127.0.0.1:4002/graphql',
};

/** Where each subgraph is called. Throws where that is not known of one, and where its URL holds a secret. */
export function urlsOf(
  { subgraphs }: Pick<Supergraph, 'subgraphs'>,
  configured: Readonly<Record<string, string>>,
): Record<string, string> {
  const urls = subgraphs.map(({ name, url }): [string, string] => [name, configured[name] ?? url]);
  const namesOf = (isMeant: (url: URL | null) => boolean): string =>
    urls.flatMap(([name, url]) => (isMeant(URL.parse(url)) ? name : [])).join(', ');
  const missing = namesOf((url) => !isHttp(url));
  if (missing)
    throw new Error(
      `The supergraph does not say where these subgraphs are: ${missing}. Expected an http or https URL for each: given when composing, or in SUBGRAPH_URLS.`,
    );
  // nor does fetch take them (https://fetch.spec.whatwg.org/#dom-request): a URL is shown and logged
  const secret = namesOf((url) => url !== null && hasCredentials(url));
  if (secret)
    throw new Error(
      `The URLs of these subgraphs have a user name or a password in them: ${secret}. Expected URLs without: calls would not be made with them.`,
    );
  return Object.fromEntries(urls);
}

const isHttp = (url: URL | null): boolean => /^https?:$/.test(url?.protocol ?? '');

const hasCredentials = ({ username, password }: URL): boolean => username !== '' || password !== '';
