/** Publishes a list: every operation of it holds, or nothing is published. */
import type pg from 'pg';
import { changesOf } from '../operations/persisted/changes.ts';
import { type ManifestOperation, readManifests } from '../operations/persisted/manifest.ts';
import { parsedText } from '../operations/persisted/operation-text.ts';
import { PARTNER } from '../policy/contract-rules.ts';
import { DEFAULT_FRONT, type FrontSettings } from '../policy/front-settings.ts';
import { DEFAULT_LIMITS, LIMIT_CODES, type LimitName, type Limits } from '../policy/limits/limits.ts';
import { grantsFor, listsOf, publishList } from '../store/publish-lists.ts';
import { type CheckedOperation, createCheck, describeNeeds, notCovered } from './check-operations.ts';
import { NO_OPERATION, readFiles, readSupergraphFile } from './files.ts';
import { clientNamed } from './named-client.ts';
import type { Outcome } from './outcome.ts';
import type { PublishTask } from './task.ts';

interface Publishing {
  admin: pg.Client;
  front: FrontSettings;
  calledFrom: string;
  /** `YYYY-MM-DD` */
  today: string;
}

/** Throws NotPublished. */
export async function publish(task: PublishTask, { admin, front, calledFrom, today }: Publishing): Promise<Outcome> {
  const { client, version } = task;
  const { operations, problems } = readManifests(readFiles(task.files, calledFrom));
  const check = createCheck(readSupergraphFile(task.supergraph, calledFrom), front);
  const { isPartner, isApp } = await clientNamed(admin, client);
  const view = isPartner ? PARTNER : 'whole';
  const checked = operations.map((operation) => ({ operation, ...check(operation, view) }));
  const uncovered = isApp ? await uncoveredOf(admin, client, checked, today) : [];
  const all = [...problems, ...checked.flatMap((each) => each.problems), ...uncovered];
  if (operations.length === 0) all.push(NO_OPERATION);
  if (all.length > 0) return { told: [], problems: [...all, `Nothing is published. Problems: ${all.length}.`] };
  const changes = await changesFrom(admin, client, version, operations);
  await publishList(admin, { client, version, operations });
  return { told: [...describe(checked, front.limits), ...changes, judgedBy(front)], problems: [] };
}

type Checked = CheckedOperation & { operation: ManifestOperation };

/** Operations that no app grant covers. */
async function uncoveredOf(admin: pg.Client, name: string, checked: readonly Checked[], today: string) {
  const grants = await grantsFor(admin, name, today);
  return checked.flatMap(({ operation, needs }) => notCovered(operation, needs, name, grants) ?? []);
}

/** Sentences. Compared with the version itself where it is there, else with the one that was published last. */
async function changesFrom(
  admin: pg.Client,
  client: string,
  version: string,
  operations: readonly ManifestOperation[],
): Promise<string[]> {
  const lists = await listsOf(admin, client);
  const before =
    lists.find((list) => list.version === version) ?? lists.findLast(({ retiredAt }) => retiredAt === null);
  const old = (before?.operations ?? []).flatMap((operation) => {
    const document = parsedText(operation.text);
    return document instanceof Error ? [] : [{ ...operation, document }];
  });
  const { added, unchanged, changed, gone, breaking } = changesOf(old, operations);
  const named = (what: string, names: readonly string[]) => (names.length > 0 ? [`${what}: ${names.join(', ')}.`] : []);
  const isSame = before?.version === version;
  return [
    before
      ? `${client} ${version}, ${isSame ? 'which was there already' : `compared with ${before.version}`}:`
      : `${client} ${version}, the first list of this client:`,
    ...named('Added', added),
    ...named('Unchanged', unchanged),
    ...named('Changed, under another id', changed),
    ...named(isSame ? 'Not in the files, and still in the list' : 'Gone', gone),
    ...breaking.map((what) => `Breaking. ${what}`),
  ];
}

const describe = (checked: readonly Checked[], limits: Limits): string[] =>
  checked.map(({ operation: { id, name, type }, needs, cost, isTooDear }) => {
    const described = describeNeeds(needs);
    const needed = described.length > 0 ? described.join(', ') : 'no scope';
    const dear = isTooDear ? `, and no more than ${limits.cost} is answered: with other variables` : '';
    return `${id}  ${type} ${name}  needs ${needed}  cost ${cost ?? 'by its variables'}${dear}`;
  });

/** Gateways have limits of their own: what is published by wider ones they refuse. */
function judgedBy({ limits, limitMode, assumedListSize }: FrontSettings): string {
  if (limitMode === 'measure')
    return 'No limits were enforced here (LIMITS=measure). Gateways refuse what is over theirs.';
  const set = (Object.keys(limits) as LimitName[]).filter((name) => limits[name] !== DEFAULT_LIMITS[name]);
  const told = set.map((name) => `${LIMIT_CODES[name]}=${limits[name]}`);
  if (assumedListSize !== DEFAULT_FRONT.assumedListSize) told.push(`ASSUMED_LIST_SIZE=${assumedListSize}`);
  const by = told.length > 0 ? `${told.join(', ')}, and the usual limits else` : 'the usual limits';
  return `Judged by ${by}. Gateways refuse what is over theirs.`;
}
