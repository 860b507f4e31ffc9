/**
 * Another school's ids, in every place of the API that takes one, by every role. Each is answered with the bytes that an id
 * of nobody is answered with, and nothing is changed.
 */
import { type DocumentNode, Kind, type OperationDefinitionNode, parse, print, visit } from 'graphql';
import { asAdmin } from '../../../subgraphs/kernel/database/roles.ts';
import { ALDER } from '../../../subgraphs/kernel/demo/schools.ts';
import { encodeId, type IdKind } from '../../../subgraphs/kernel/ids.ts';
import { type IdPlace, idPlaces } from '../../federation/id-places.ts';
import type { Attack, FoundCase, Outcome } from '../attack.ts';
import { type Caller, callersOf, dataLeadOf, readWorld, SCHOOLS, type World } from '../demo-world.ts';
import type { AttackedGraph } from '../graph/attacked-graph.ts';
import type { Random } from '../random.ts';
import { type Client, createClient } from '../requests/client.ts';
import { type AskByLane, newList, openLanes } from '../requests/lanes.ts';
import { runCases } from '../run-cases.ts';

/** Tries in one operation, by aliases: fewer of those that write, which run one after the other. */
const AT_ONCE = { query: 15, mutation: 4 } as const;

export const foreignIds: Attack = {
  name: 'foreign-ids',
  threat: 'An id of another school’s student, guest, course or note is served or written, or told from one of nobody’s',
  count: 100_000,
  sample: 400,
  seconds: 400,
  async run(graph, run) {
    const list = newList();
    const [callers, client] = [await callersOf(graph, list), createClient(graph.url)];
    const world = await readWorld(client, callers);
    const texts = callers.flatMap((caller) =>
      idPlaces(ownStudentOf(world, caller)).map((place) => repeated(place).query),
    );
    const ask = await openLanes(graph, client, { list, token: dataLeadOf(callers, ALDER).token, texts });
    const expected = new Map<string, Promise<string>>();
    const changes = await countChanges(graph);
    const counts = await runCases({ name: 'foreign-ids', atOnce: 6 }, run, (random) =>
      tryForeign({ client, ask, world, expected }, random.pick(callers), random),
    );
    await client.close();
    const found: FoundCase[] =
      (await countChanges(graph)) === changes
        ? []
        : [{ case: 0, found: 'Expected nothing to be changed by another school’s id.' }];
    return { ...counts, findings: [...counts.findings, ...found] };
  },
};

interface Target {
  client: Client;
  ask: AskByLane;
  world: World;
  /** What an id of nobody's is answered with, by who asks for what. */
  expected: Map<string, Promise<string>>;
}

const ownStudentOf = ({ students }: World, { school }: Caller): string =>
  students.find((each) => each.school === school)?.id ?? '';

async function tryForeign(
  { client, ask, world, expected }: Target,
  caller: Caller,
  random: Random,
): Promise<Outcome[]> {
  const place = random.pick(
    idPlaces(ownStudentOf(world, caller)).filter(({ kind }) => foreignOf(world, kind, caller.school).length > 0),
  );
  const { query, count, operation } = repeated(place);
  const foreign = foreignOf(world, place.kind, caller.school);
  const ids = Array.from({ length: count }, () => disguised(random.pick(foreign), place.kind, random));
  const asking = (values: readonly string[]) => ({
    query,
    variables: Object.fromEntries(values.map((value, index) => [`id${index}`, value])),
  });
  const askForNobody = async () =>
    (await client.ask(caller.token, asking(ids.map(() => encodeId(place.kind, ABSENT))))).text;
  const key = `${caller.token} ${place.place} ${operation}`;
  const nobodys = expected.get(key) ?? askForNobody();
  expected.set(key, nobodys);
  const [{ text }, absent] = [await ask(caller.token, asking(ids), random), await nobodys];
  const outcome: Outcome =
    text === absent
      ? 'refused'
      : { found: `Expected ${place.place} to answer ${caller.label} as for an id of nobody’s.` };
  return ids.map(() => outcome);
}

/** A UUID that no row has. */
const ABSENT = '01900000-0000-7000-8000-000000000000';

/** Ids of a kind that the school has no part in. */
function foreignOf({ students, profiles, courses }: World, kind: IdKind, school: string | null): string[] {
  if (kind === 'Student') return students.filter((each) => each.school !== school).map(({ id }) => id);
  if (kind === 'PinnedItem')
    return students.filter((each) => each.school !== school).flatMap(({ pinnedItems }) => pinnedItems);
  if (kind === 'GuestProfile')
    return profiles.filter(({ home, teaching }) => home !== school && teaching !== school).map(({ id }) => id);
  return courses
    .filter(({ home, pushedTo }) => home !== school && !pushedTo.includes(school ?? ''))
    .map(({ id }) => id);
}

/** The id, or one like it: of another kind, or not the one spelling. */
function disguised(id: string, kind: IdKind, random: Random): string {
  if (random.chance(0.8)) return id;
  const prefix = encodeId(kind, ABSENT).slice(0, 4);
  return random.pick([
    prefix + id.slice(4),
    `${id}=`,
    ` ${id}`,
    id.toUpperCase(),
    id.slice(4),
    `${id}\u0000`,
    encodeURIComponent(`${id} `),
  ]);
}

/** The operation with its field as often as fits, each time with an id of its own: `$id0`, `$id1` and so on. */
function repeated(
  { query }: Pick<IdPlace, 'query'>,
  times?: number,
): { query: string; count: number; operation: string } {
  const document = parse(query);
  const [definition] = document.definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('Expected an operation.');
  const count = times ?? AT_ONCE[definition.operation === 'mutation' ? 'mutation' : 'query'];
  const each = Array.from({ length: count }, (_, index) => withNumber(definition, index));
  const whole: DocumentNode = {
    ...document,
    definitions: [
      {
        ...definition,
        variableDefinitions: each.flatMap(({ variableDefinitions }) => variableDefinitions ?? []),
        selectionSet: {
          ...definition.selectionSet,
          selections: each.flatMap(({ selectionSet }) => selectionSet.selections),
        },
      },
    ],
  };
  return { query: print(whole), count, operation: definition.operation };
}

const withNumber = (definition: OperationDefinitionNode, index: number): OperationDefinitionNode =>
  visit(
    {
      ...definition,
      selectionSet: {
        ...definition.selectionSet,
        selections: definition.selectionSet.selections.map((field) =>
          field.kind === Kind.FIELD ? { ...field, alias: { kind: Kind.NAME, value: `a${index}` } } : field,
        ),
      },
    },
    {
      Variable: ({ name, ...variable }) =>
        name.value === 'id' ? { ...variable, name: { ...name, value: `id${index}` } } : undefined,
    },
  );

/** How many rows hold what these operations would write, and how many there are that they would add or take. */
const countChanges = ({ adminUrl }: AttackedGraph): Promise<string> =>
  asAdmin(adminUrl, async (admin) => {
    const { rows } = await admin.query<{ counts: string }>(
      `select concat_ws(' ',
      (select count(*) from students.student where preferred_first_name = 'Changed' and home_school_urn = any ($1)),
      (select count(*) from students.absence_note), (select count(*) from students.pinned_item),
      (select count(*) from students.access_arrangement_evidence where text = 'Changed'),
      (select count(*) from shared_teaching.access_override), (select count(*) from shared_teaching.course_push),
      (select count(*) from shared_teaching.course_enrolment)) as counts`,
      [SCHOOLS],
    );
    return rows[0]?.counts ?? '';
  });
