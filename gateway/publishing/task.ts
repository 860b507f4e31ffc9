/** What the command is asked for. */
import { parseArgs } from 'node:util';
import { optionProblem, UsageError } from '../../subgraphs/kernel/process/run-command.ts';

interface WithFiles {
  /** As they are given. */
  files: readonly string[];
  supergraph: string | undefined;
}

interface ListName {
  client: string;
  version: string;
}

export type PublishTask = { name: 'publish' } & ListName & WithFiles;
export type ListTask = { name: 'list'; client: string | undefined };
export type RetireTask = { name: 'retire'; usedWithinDays: number; force: boolean } & ListName;
/** `isPartner`: they are of a partner's client. */
export type CheckTask = { name: 'check'; isPartner: boolean } & WithFiles;
/** What is published already. */
export type CheckPublishedTask = { name: 'check-published' } & Pick<WithFiles, 'supergraph'>;
export type Task = PublishTask | ListTask | RetireTask | CheckTask | CheckPublishedTask;

/** Null where help is asked for. Throws UsageError. */
export function taskOf(args: readonly string[]): Task | null {
  const { values, positionals } = parse(args);
  if (values.help) return null;
  const [name, ...files] = positionals;
  const read = name !== undefined && Object.hasOwn(TASKS, name) ? TASKS[name] : undefined;
  if (!read) throw new UsageError('Expected "publish", "list", "retire" or "check".');
  const { takes, task } = read;
  const other = Object.keys(values).find((option) => !takes.includes(option));
  if (other) throw new UsageError(`--${other}: expected without it for "${name}".`);
  return task(values, files);
}

const OPTIONS = {
  client: { type: 'string' },
  version: { type: 'string' },
  supergraph: { type: 'string' },
  'used-within': { type: 'string' },
  force: { type: 'boolean' },
  partner: { type: 'boolean' },
  published: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Values = ReturnType<typeof parse>['values'];

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  } catch (error) {
    throw new UsageError(optionProblem(error));
  }
}

interface TaskReader {
  takes: readonly string[];
  task(values: Values, files: readonly string[]): Task;
}

const TASKS: Readonly<Record<string, TaskReader>> = {
  publish: {
    takes: ['client', 'version', 'supergraph'],
    task: (values, files) => {
      if (files.length === 0) throw new UsageError('Expected files with operations.');
      return { name: 'publish', ...listName(values), files, supergraph: values.supergraph };
    },
  },
  list: {
    takes: ['client'],
    task: ({ client }, files) => {
      expectNone(files);
      return { name: 'list', client };
    },
  },
  retire: {
    takes: ['client', 'version', 'used-within', 'force'],
    task: (values, files) => {
      expectNone(files);
      const { force = false } = values;
      return { name: 'retire', ...listName(values), usedWithinDays: daysOf(values['used-within'] ?? '30'), force };
    },
  },
  check: {
    takes: ['supergraph', 'partner', 'published'],
    task: ({ supergraph, partner: isPartner = false, published }, files) => {
      if (!published) return { name: 'check', files, supergraph, isPartner };
      if (isPartner)
        throw new UsageError('--partner: expected without it for what is published, which has its client.');
      expectNone(files);
      return { name: 'check-published', supergraph };
    },
  },
};

function expectNone(files: readonly string[]): void {
  if (files.length > 0) throw new UsageError('Expected no files.');
}

/** As the database has versions. */
const VERSION = /^[\w.+-]{1,64}$/;

function listName({ client, version }: Values): ListName {
  if (!client) throw new UsageError('--client: expected the name of a client.');
  if (!version || !VERSION.test(version))
    throw new UsageError('--version: expected up to 64 letters, digits and any of . _ + -.');
  return { client, version };
}

function daysOf(text: string): number {
  if (!/^\d{1,4}$/.test(text)) throw new UsageError('--used-within: expected a number of days.');
  return Number(text);
}
