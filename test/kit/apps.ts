/** Apps that call a test's graph: clients and app grants as an administrator makes them, and tokens as an app gets them. */
import {
  addAppGrant,
  addClient,
  type NewAppGrant,
  type NewClient,
  revokeAppGrant,
} from '../../gateway/store/administer-clients.ts';
import { asAdmin } from '../../subgraphs/kernel/database/roles.ts';
import type { TestDatabase } from './database.ts';

export interface TestApp {
  name: string;
  secret: string;
}

let made = 0;

/** A new app, of the schools' own. */
export async function addApp({ adminUrl }: TestDatabase, client: Partial<NewClient> = {}): Promise<TestApp> {
  made += 1;
  const app: NewClient = {
    ...{ name: `app-${made}`, title: 'An app', mode: 'safelist', isPartner: false, isApp: true },
    ...client,
  };
  const secret = await asAdmin(adminUrl, (admin) => addClient(admin, app));
  if (secret === null) throw new Error('Expected an app, which has a secret.');
  return { name: app.name, secret };
}

type Granted = Pick<NewAppGrant, 'client' | 'school' | 'scopes'> & Partial<NewAppGrant>;

/** Its id. In force for as long as anybody tests, for operations named `Q`, where nothing else is said. */
export const letIn = ({ adminUrl }: TestDatabase, grant: Granted): Promise<string> =>
  asAdmin(adminUrl, (admin) =>
    addAppGrant(admin, {
      ...{ purpose: 'testing', ground: 'public-task', operations: ['Q'], from: '2000-01-01', to: '2999-12-31' },
      ...grant,
    }),
  );

export const revoke = ({ adminUrl }: TestDatabase, grant: string): Promise<void> =>
  asAdmin(adminUrl, (admin) => revokeAppGrant(admin, grant));

export interface TokenResponse {
  status: number;
  headers: Headers;
  text: string;
  body: Record<string, unknown>;
}

/** A form to the token endpoint, just as it is given. */
export async function postForm(
  url: string,
  body: string | Record<string, string>,
  headers: Record<string, string> = {},
): Promise<TokenResponse> {
  const response = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: typeof body === 'string' ? body : new URLSearchParams(body).toString(),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: JSON.parse(text) as TokenResponse['body'] };
}

export const basic = (name: string, secret: string): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}`,
});

/** Of an app that authenticates as most do. */
export const askToken = (url: string, { name, secret }: TestApp, form: Record<string, string> = {}) =>
  postForm(url, { grant_type: 'client_credentials', ...form }, basic(name, secret));

/** The access token, which must be given. */
export async function tokenOf(url: string, app: TestApp, form: Record<string, string> = {}): Promise<string> {
  const { status, text, body } = await askToken(url, app, form);
  if (status !== 200) throw new Error(`Expected a token, was told ${text}`);
  return String(body.access_token);
}

/**
 * Until every gateway of this database has heard of a change: at the most as long as a change may take. Not often, as an
 * app that is not known yet fails, and failures are counted.
 */
export const HEARD = { timeout: 5_000, interval: 100 } as const;
