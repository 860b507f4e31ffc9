// @ts-check
/** The sandbox: signing in, examples, and GraphiQL. */
import { openOperation, prepareEditors } from './editors.js';
import { createFetcher, valueAt } from './graph.js';
import { createListed } from './listed.js';
import { withPlans } from './plan.js';
import { askForToken, createSession, nameOfViewer } from './session.js';
import { createSandboxStorage } from './storage.js';
import { followTabs } from './tabs.js';

/**
 * @typedef {{ title: string, as: string, says: string, query: string, variables: Record<string, unknown>, filled: { variable: string, query: string, path: (string | number)[] }[] }} Example
 * @typedef {{ endpoint: string, viewer: string | null, signedInOnly: boolean, people: { email: string, name: string }[], examples: Example[] }} Settings
 */

/** @type {Settings} */
const settings = JSON.parse(document.getElementById('settings')?.textContent ?? '');

const WELCOME =
  settings.examples.length > 0
    ? '# Write an operation, or open an example above, and run it: Ctrl-Enter.\n# Ctrl-Space completes a name; the book at the left has the documentation.\n'
    : '# Write an operation and run it: Ctrl-Enter.\n# Ctrl-Space completes a name; the book at the left has the documentation.\n';

const session = createSession();
const fetcher = createFetcher(settings.endpoint, session.authorization, (isRefused) => {
  if (isRefused) say('Not signed in: the graph did not take the token. It may have run out.', false);
});

/** @param {string} id */
const byId = (id) => document.getElementById(id);

/** @param {string} text @param {boolean} isSignedIn */
function say(text, isSignedIn) {
  const who = byId('who');
  if (who) who.textContent = text;
  const signOut = byId('sign-out');
  if (signOut) signOut.hidden = !isSignedIn;
}

const listed = createListed(byId('open-listed'), session.authorization);

let isMounted = false;

function mount() {
  if (isMounted) return;
  isMounted = true;
  prepareEditors();
  /** @type {any} */ (globalThis).YogaGraphiQL.renderYogaGraphiQL(byId('graphiql'), {
    fetcher: withPlans(byId('explained'), listed.byId(fetcher)),
    storage: createSandboxStorage(localStorage),
    shouldPersistHeaders: false,
    defaultQuery: WELCOME,
    // the package's own writes the operation into the page's address
    onEditQuery() {},
    title: 'GraphiQL',
    logo: '',
  });
  followTabs(byId('graphiql'));
}

/** @param {string} token @param {string | null} email */
async function signIn(token, email) {
  session.start(token, email);
  const answer = settings.viewer === null ? null : await fetcher({ query: settings.viewer });
  const viewer = answer?.data?.viewer;
  if (isRefused(answer)) {
    session.end();
    describeExample();
    return say('Not signed in: the graph did not take the token.', false);
  }
  say(viewer ? `Signed in: ${nameOfViewer(viewer)}` : 'Signed in with a token', true);
  describeExample();
  await listed.refresh();
  mount();
}

/** An app's client may run no text at all, and is signed in all the same. @param {any} answer */
const isRefused = (answer) =>
  answer?.errors?.some((/** @type {any} */ { extensions }) => extensions?.code === 'UNAUTHENTICATED') ?? false;

/** @param {string} email */
const signInAs = async (email) => signIn(await askForToken(email), email);

/** @param {Example} example */
async function openExample(example) {
  if (session.as() !== example.as) await signInAs(example.as);
  const person = byId('person');
  if (person instanceof HTMLSelectElement) person.value = example.as;
  const variables = { ...example.variables };
  for (const { variable, query, path } of example.filled)
    variables[variable] = valueAt((await fetcher({ query })).data, path) ?? '';
  await openOperation(WELCOME, example.query, variables);
}

/** @param {string} id @param {(form: HTMLFormElement) => Promise<void>} act */
function onSubmit(id, act) {
  const form = byId(id);
  if (!(form instanceof HTMLFormElement)) return;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    act(form).catch((error) =>
      say(error instanceof Error ? error.message : 'That did not work.', session.as() !== null),
    );
  });
}

onSubmit('sign-in', async () => {
  const person = byId('person');
  if (person instanceof HTMLSelectElement) await signInAs(person.value);
});

onSubmit('use-token', async (form) => {
  const field = byId('token');
  const token = field instanceof HTMLInputElement ? field.value.trim().replace(/^Bearer +/i, '') : '';
  form.reset();
  if (token !== '') await signIn(token, null);
});

onSubmit('open-example', async () => {
  const example = chosenExample();
  if (example) await openExample(example);
});

onSubmit('open-listed', async () => {
  const operation = listed.chosen();
  if (operation) await openOperation(WELCOME, operation.text, operation.variables);
});

// the token, the variables and the answers are in this page's memory alone
byId('sign-out')?.addEventListener('click', () => location.reload());

function chosenExample() {
  const select = byId('example');
  return select instanceof HTMLSelectElement ? settings.examples[Number(select.value)] : undefined;
}

function describeExample() {
  const example = chosenExample();
  const says = byId('example-says');
  if (!says || !example) return;
  const person = settings.people.find(({ email }) => email === example.as);
  const who = person?.name ?? example.as;
  says.textContent = `${session.as() === example.as ? 'As' : 'Open signs in as'} ${who}. ${example.says}`;
}

byId('example')?.addEventListener('change', describeExample);
describeExample();
if (!settings.signedInOnly) mount();
