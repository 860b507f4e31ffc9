/** What `npm run clients` is told on its command line, as a task that holds. */
import { parseArgs } from 'node:util';
import { parseIsoDate } from '../../subgraphs/kernel/identifiers/iso-date.ts';
import { parseUrn } from '../../subgraphs/kernel/identifiers/urn.ts';
import { optionProblem, UsageError } from '../../subgraphs/kernel/process/run-command.ts';
import { APP_SCOPES, isSensitive, SENSITIVE_SCOPES } from '../auth/app-scopes.ts';
import { CLIENT_MODES, type ClientMode, LAWFUL_GROUNDS, modesOf } from '../auth/clients.ts';
import type { ClientChange, NewAppGrant, NewClient } from '../store/administer-clients.ts';

/** One app grant, or all that a school has given an app. */
export type RevokeTask = { name: 'revoke'; grants: { id: string } | { client: string; school: string } };

export type Task =
  | { name: 'list' }
  | { name: 'add'; client: NewClient }
  | { name: 'change'; client: string; change: ClientChange }
  | { name: 'rotate'; client: string; endsNow: boolean }
  | { name: 'retire'; client: string }
  | { name: 'grant'; grant: NewAppGrant }
  | RevokeTask;

const OPTIONS = {
  title: { type: 'string' },
  mode: { type: 'string' },
  app: { type: 'boolean' },
  partner: { type: 'boolean' },
  now: { type: 'boolean' },
  school: { type: 'string' },
  purpose: { type: 'string' },
  ground: { type: 'string' },
  operations: { type: 'string' },
  scopes: { type: 'string' },
  'sensitive-scopes': { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];
type OptionName = keyof typeof OPTIONS;

interface Subcommand {
  /** What the word after it is; null where there is none. */
  subject: string | null;
  options: readonly OptionName[];
  task(subject: string, values: Values): Task;
}

const SUBCOMMANDS: Readonly<Record<Task['name'], Subcommand>> = {
  list: { subject: null, options: [], task: () => ({ name: 'list' }) },
  add: {
    subject: 'a name',
    options: ['title', 'mode', 'app', 'partner'],
    task: (name, values) => ({ name: 'add', client: clientOf(name, values) }),
  },
  change: {
    subject: 'the name of a client',
    options: ['title', 'mode'],
    task: (client, values) => ({ name: 'change', client, change: changeOf(values) }),
  },
  rotate: {
    subject: 'the name of an app',
    options: ['now'],
    task: (client, { now = false }) => ({ name: 'rotate', client, endsNow: now }),
  },
  retire: { subject: 'the name of a client', options: [], task: (client) => ({ name: 'retire', client }) },
  grant: {
    subject: 'the name of an app',
    options: ['school', 'purpose', 'ground', 'operations', 'scopes', 'sensitive-scopes', 'from', 'to'],
    task: (client, values) => ({ name: 'grant', grant: grantOf(client, values) }),
  },
  revoke: {
    subject: 'the id of an app grant, or the name of an app with --school',
    options: ['school'],
    task: (subject, { school }) => ({
      name: 'revoke',
      grants: school === undefined ? { id: readId(subject) } : { client: subject, school: schoolOf(school) },
    }),
  },
};

/** Null where help is asked for. Throws UsageError. */
export function readTask(args: readonly string[]): Task | null {
  const { values, positionals } = parse(args);
  if (values.help) return null;
  const [name = '', subject, ...more] = positionals;
  if (!isSubcommand(name)) throw new UsageError(`Expected one of ${Object.keys(SUBCOMMANDS).join(', ')}.`);
  const { subject: expected, options, task } = SUBCOMMANDS[name];
  const isWhole = expected === null ? subject === undefined : subject !== undefined && more.length === 0;
  if (!isWhole) throw new UsageError(`${name}: expected ${expected ?? 'no more words'}.`);
  const other = Object.keys(values).find((option) => !options.some((each) => each === option));
  if (other !== undefined) throw new UsageError(`${name}: there is no --${other}.`);
  return task(subject ?? '', values);
}

const isSubcommand = (name: string): name is Task['name'] => Object.hasOwn(SUBCOMMANDS, name);

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  } catch (error) {
    throw new UsageError(optionProblem(error));
  }
}

function clientOf(name: string, { title, mode: text, app = false, partner = false }: Values): NewClient {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name.length > 64)
    throw new UsageError('add: expected a name of small letters, digits and single hyphens, as "timetable-app".');
  const kind = { isPartner: partner, isApp: app || partner };
  const modes = modesOf(kind);
  return { name, title: said('title', title), mode: oneOf('mode', modes, text ?? modes[0]), ...kind };
}

function changeOf({ title, mode }: Values): ClientChange {
  if (title === undefined && mode === undefined) throw new UsageError('change: expected --mode, --title or both.');
  return {
    mode: mode === undefined ? null : oneOf<ClientMode>('mode', CLIENT_MODES, mode),
    title: title === undefined ? null : said('title', title),
  };
}

function grantOf(client: string, values: Values): NewAppGrant {
  const [from, to] = [dateOf('from', values.from), dateOf('to', values.to)];
  if (to < from) throw new UsageError('--to: expected no earlier date than --from.');
  return {
    client,
    school: schoolOf(values.school),
    purpose: said('purpose', values.purpose),
    ground: oneOf('ground', LAWFUL_GROUNDS, values.ground),
    operations: listOf('operations', values.operations).map(operationName),
    scopes: scopesOf(values),
    from,
    to,
  };
}

/** What opens special categories of data is named apart, so that nobody grants it with a list that was copied. */
function scopesOf(values: Values): string[] {
  const scopes = listOf('scopes', values.scopes);
  const sensitive =
    values['sensitive-scopes'] === undefined ? [] : listOf('sensitive-scopes', values['sensitive-scopes']);
  for (const scope of scopes)
    if (isSensitive(scope))
      throw new UsageError(`--scopes: ${scope} opens special categories of data, which --sensitive-scopes names.`);
  for (const scope of scopes)
    if (!APP_SCOPES.some((each) => each === scope))
      throw new UsageError('--scopes: expected scopes that apps may have, with commas between: see --help.');
  for (const scope of sensitive)
    if (!isSensitive(scope))
      throw new UsageError(`--sensitive-scopes: expected some of ${SENSITIVE_SCOPES.join(', ')}.`);
  return [...scopes, ...sensitive];
}

function said(option: string, text = ''): string {
  const words = text.trim();
  if (words.length === 0 || words.length > 200) throw new UsageError(`--${option}: expected 1 to 200 characters.`);
  return words;
}

function listOf(option: string, text = ''): string[] {
  const items = [...new Set(text.split(',').map((item) => item.trim()))].filter((item) => item !== '');
  if (items.length === 0 || items.length > 100)
    throw new UsageError(`--${option}: expected 1 to 100 names, with commas between.`);
  return items;
}

/** https://spec.graphql.org/October2021/#Name */
function operationName(name: string): string {
  if (!/^[_A-Za-z]\w*$/.test(name) || name.length > 200)
    throw new UsageError('--operations: expected names of operations, as they stand in their texts.');
  return name;
}

function schoolOf(text = ''): string {
  const urn = parseUrn(text);
  if (!urn.ok) throw new UsageError(`--school: ${urn.expected}`);
  return urn.value;
}

function dateOf(option: string, text = ''): string {
  const date = parseIsoDate(text);
  if (!date.ok) throw new UsageError(`--${option}: expected a calendar date YYYY-MM-DD.`);
  return date.value;
}

function oneOf<Value extends string>(option: string, values: readonly Value[], text: string | undefined): Value {
  const value = values.find((each) => each === text);
  if (value === undefined) throw new UsageError(`--${option}: expected one of ${values.join(', ')}.`);
  return value;
}

function readId(text: string): string {
  if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text))
    throw new UsageError('revoke: expected the id of an app grant, as "list" shows it, or --school, too.');
  return text;
}
