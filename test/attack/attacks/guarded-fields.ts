/**
 * A guarded field by another syntax. Rights are of the caller, the field and the row, never of the text: every field of a
 * record, for every role, written in every way that GraphQL has, by any lane, is what the oracle says: the value, or null
 * with a code.
 */
import { isDeepStrictEqual } from 'node:util';
import { ALDER } from '../../../subgraphs/kernel/demo/schools.ts';
import type { Attack, Outcome } from '../attack.ts';
import { holdsScopesOf } from '../canaries/oracle.ts';
import { type Caller, callersOf, dataLeadOf, readWorld, type World } from '../demo-world.ts';
import { createRandom, type Random } from '../random.ts';
import { type Client, createClient } from '../requests/client.ts';
import { type AskByLane, newList, openLanes } from '../requests/lanes.ts';
import { GUEST_FIELDS, HOME_FIELDS, type RecordField } from '../requests/record-fields.ts';
import { WAYS, type Way, type Written } from '../requests/ways.ts';
import { caseNumbers, runCases } from '../run-cases.ts';

/** In one operation, so that fifty thousand cases do not need as many plans. */
const FIELDS_AT_ONCE = 20;

/** A record that a caller reaches, and what a data lead of the same school reads of it. */
interface Target {
  caller: Caller;
  kind: 'student' | 'guestProfile';
  id: string;
  values: ReadonlyMap<string, unknown>;
}

export const guardedFields: Attack = {
  name: 'guarded-fields',
  threat: 'A field that the caller may not read is reached by writing the operation in another way',
  count: 50_000,
  sample: 800,
  seconds: 300,
  async run(graph, run) {
    const list = newList();
    const [callers, client] = [await callersOf(graph, list), createClient(graph.url)];
    const targets = await targetsOf(client, callers, await readWorld(client, callers));
    const name = 'guarded-fields';
    const texts = caseNumbers(run, FIELDS_AT_ONCE).map(
      (number) => writeCase(targets, createRandom(run.seed, name, number)).written.request.query,
    );
    const ask = await openLanes(graph, client, { list, token: dataLeadOf(callers, ALDER).token, texts });
    const counts = await runCases({ name, atOnce: 6 }, run, (random) =>
      tryWay(ask, writeCase(targets, random), random),
    );
    await client.close();
    return counts;
  },
};

/** Every caller at a school with records that it reaches: its own school's and its guests'. */
async function targetsOf(client: Client, callers: readonly Caller[], { students, profiles }: World): Promise<Target[]> {
  const targets: Target[] = [];
  const base = new Map<string, ReadonlyMap<string, unknown>>();
  const add = async (caller: Caller, kind: Target['kind'], id: string, school: string) => {
    const key = `${school} ${id}`;
    const values = base.get(key) ?? (await readPlainly(client, dataLeadOf(callers, school), kind, id));
    base.set(key, values);
    targets.push({ caller, kind, id, values });
  };
  for (const caller of callers) {
    const school = caller.school ?? ALDER;
    const seen = await firstIds(client, caller);
    const home = seen?.student ?? students.find((each) => each.school === school)?.id;
    const guest = seen?.guestProfile ?? profiles.find((each) => [each.home, each.teaching].includes(school))?.id;
    if (home) await add(caller, 'student', home, school);
    if (guest) await add(caller, 'guestProfile', guest, school);
  }
  return targets;
}

/** What a teacher reaches are those whom she teaches: the first of them. */
async function firstIds(client: Client, { role, token }: Caller) {
  if (role !== 'TEACHER') return null;
  const query = '{ students(first: 1) { nodes { id } } guestProfiles(first: 1) { nodes { id } } }';
  const { students, guestProfiles } = ((await client.ask(token, { query })).body.data ?? {}) as Record<
    string,
    { nodes: { id: string }[] } | undefined
  >;
  return { student: students?.nodes[0]?.id, guestProfile: guestProfiles?.nodes[0]?.id };
}

async function readPlainly(
  client: Client,
  lead: Caller,
  kind: Target['kind'],
  id: string,
): Promise<ReadonlyMap<string, unknown>> {
  const fields = fieldsOf(kind);
  const values = new Map<string, unknown>();
  for (let at = 0; at < fields.length; at += FIELDS_AT_ONCE) {
    const some = fields.slice(at, at + FIELDS_AT_ONCE);
    const query = `query ($id: ID!) { ${kind}(id: $id) { ${some.map(({ text }) => text).join(' ')} } }`;
    const { body, text } = await client.ask(lead.token, { query, variables: { id } });
    const record = body.data?.[kind] as Record<string, unknown> | null | undefined;
    if (!record) throw new Error(`Expected a data lead to read a ${kind}: ${text.slice(0, 300)}`);
    for (const { name } of some) values.set(name, steady(record[name]));
  }
  return values;
}

const fieldsOf = (kind: Target['kind']): readonly RecordField[] => (kind === 'student' ? HOME_FIELDS : GUEST_FIELDS);

interface WrittenCase {
  target: Target;
  way: Way;
  fields: readonly RecordField[];
  written: Written;
}

function writeCase(targets: readonly Target[], random: Random): WrittenCase {
  const [target, way] = [random.pick(targets), random.pick(WAYS)];
  const fields = random.some(
    fieldsOf(target.kind).filter((each) => !way.interfaceOnly || each.inInterface),
    FIELDS_AT_ONCE,
  );
  return { target, way, fields, written: way.write(target.kind, fields) };
}

async function tryWay(
  ask: AskByLane,
  { target, way, fields, written }: WrittenCase,
  random: Random,
): Promise<Outcome[]> {
  const { caller, id } = target;
  const { request, options } = written;
  const asked = { ...request, variables: { ...request.variables, id } };
  const { body, status } = await ask(caller.token, asked, random, options);
  if (status >= 400 || body.errors?.some(({ extensions }) => extensions?.code !== 'UNAUTHORIZED_FIELD_OR_TYPE')) {
    const codes = (body.errors ?? []).map(({ extensions }) => extensions?.code);
    return [{ found: `Expected ${way.name} to be answered for ${caller.label}, not ${status} ${codes.join(' ')}.` }];
  }
  const records = written.records((body.data ?? {}) as Record<string, unknown>, id);
  return fields.map((field) => outcomeOf(target, way, written, field, records));
}

/** Exported for the test that shows it finding. */
function outcomeOf(
  { caller, values }: Pick<Target, 'caller' | 'values'>,
  way: Pick<Way, 'name'>,
  written: Pick<Written, 'keysOf'>,
  { name }: Pick<RecordField, 'name'>,
  records: readonly Record<string, unknown>[],
): Outcome {
  const shown = records.flatMap((record) => written.keysOf(name).map((key) => steady(record[key] ?? null)));
  if (!holdsScopesOf(caller.role, name) || !holdsScopesOf(caller.role, 'displayName')) {
    return shown.every((value) => value === null)
      ? 'refused'
      : { found: `Expected ${name} not to be read by ${caller.label}, ${way.name}.` };
  }
  // a teacher reaches those whom she teaches, and a made-up one teaches nobody
  if (records.length === 0)
    return caller.role === 'TEACHER'
      ? 'refused'
      : { found: `Expected ${caller.label} to reach the record, ${way.name}.` };
  const expected = visible(name, values.get(name), caller);
  return shown.every((value) => isDeepStrictEqual(visible(name, value, caller), expected))
    ? 'served'
    : { found: `Expected ${name} for ${caller.label} as the data lead reads it, ${way.name}.` };
}

/** Of a pinned item the caller sees what is about a row that it may see; of rows that tell of protected details, too. */
function visible(name: string, value: unknown, { role }: Pick<Caller, 'role'>): unknown {
  if (!Array.isArray(value)) return value;
  if (name === 'pinnedItems') return value.filter(({ about }: { about: string }) => holdsScopesOf(role, about));
  const tellsOfAddress = holdsScopesOf(role, 'address') || holdsScopesOf(role, 'emergencyContacts');
  if (name === 'fieldAccess' && !tellsOfAddress)
    return value.filter(({ field }: { field: string }) => !['address', 'picture'].includes(field));
  return value;
}

/** A picture's link is made for the moment. */
const steady = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'url' in value ? { ...value, url: '/pictures/' } : value;
