/**
 * Aliases in the place of what the planner sends on: a grant, a key, a type's name. Whatever the client calls its fields,
 * it gets what the same fields are without the aliases, and nothing of a profile that is another school's.
 */
import { isDeepStrictEqual } from 'node:util';
import { BIRCHWOOD, CEDAR } from '../../../subgraphs/kernel/demo/schools.ts';
import type { Attack, Outcome } from '../attack.ts';
import { type Caller, callersOf, dataLeadOf, readWorld, type World } from '../demo-world.ts';
import { createRandom, type Random } from '../random.ts';
import { type Client, createClient } from '../requests/client.ts';
import { type AskByLane, newList, openLanes } from '../requests/lanes.ts';
import { caseNumbers, runCases } from '../run-cases.ts';

/** What the planner reads by name, or might. */
const KEYS = [
  'guestGrant',
  'id',
  '__typename',
  'urn',
  'alias_guestGrant',
  'alias_id',
  'fieldAccess',
  'homeSchool',
  'guestProfileId',
  'student',
  'studentId',
  '_entities',
  'representations',
  'nodes',
  'emergencyContacts',
  'address',
  'errors',
  'data',
  '__proto__',
  'constructor',
] as const;
/** Fields whose value a client can choose or guess. */
const VALUES = [
  '__typename',
  'displayName',
  'id',
  'yearGroup',
  'senStatus',
  'upn',
  'uci',
  'sex',
  'dateOfBirth',
  'legalLastName',
] as const;
const OBJECTS = [
  'emergencyContacts { name phone }',
  'address { lines postcode }',
  'homeSchool { urn name }',
  'medicalConditions { name }',
  'inCare { current }',
] as const;

interface Forged {
  /** As the attacker writes it, and the same fields under keys that mean nothing. */
  forged: string;
  plain: string;
  /** From a plain key to the forged one. */
  keys: ReadonlyMap<string, string>;
}

function forge(random: Random): Forged {
  const keys = new Map<string, string>();
  const fields: { forged: string; plain: string }[] = [];
  for (const [index, key] of random.some(KEYS, 1 + random.below(4)).entries()) {
    const value = random.chance(0.8) ? random.pick(VALUES) : random.pick(OBJECTS);
    keys.set(`x${index}`, key);
    fields.push({ forged: `${key}: ${value}`, plain: `x${index}: ${value}` });
  }
  const asked = random
    .some(OBJECTS, 1 + random.below(2))
    .filter((object) => ![...keys.values()].includes(object.split(' ')[0] ?? ''));
  const order = random.chance(0.5);
  const text = (each: 'forged' | 'plain') => {
    const own = fields.map((field) => field[each]);
    const all = order ? [...own, ...asked] : [...asked, ...own];
    return all.join(' ');
  };
  return { forged: text('forged'), plain: text('plain'), keys };
}

const WAYS = [
  (fields: string) => `query ($id: ID!) { guestProfile(id: $id) { ${fields} } }`,
  (fields: string) => `query ($id: ID!) { guestProfile(id: $id) { ...F } } fragment F on GuestProfile { ${fields} }`,
  (fields: string) =>
    `query ($id: ID!) { guestProfile(id: $id) { ... on GuestProfile { ${fields} } ... { ${fields} } } }`,
  (fields: string) =>
    `query ($id: ID!) { guestProfile(id: $id) @include(if: true) { ${fields} } other: guestProfile(id: $id) { ${fields} } }`,
] as const;

export const forgedGrants: Attack = {
  name: 'forged-grants',
  threat: 'A client’s alias takes the place of a grant or a key, and opens somebody else’s record',
  count: 1_000,
  sample: 40,
  seconds: 120,
  async run(graph, run) {
    const list = newList();
    const [callers, client] = [await callersOf(graph, list), createClient(graph.url)];
    const own = dataLeadOf(callers, BIRCHWOOD);
    const name = 'forged-grants';
    const texts = caseNumbers(run, 1).map((number) => writeCase(createRandom(run.seed, name, number)).query);
    const target = {
      client,
      ask: await openLanes(graph, client, { list, token: own.token, texts }),
      world: await readWorld(client, callers),
      own,
      foreign: dataLeadOf(callers, CEDAR),
    };
    const counts = await runCases({ name, atOnce: 4 }, run, (random) => tryForged(target, random));
    await client.close();
    return counts;
  },
};

interface Target {
  client: Client;
  ask: AskByLane;
  world: World;
  own: Caller;
  foreign: Caller;
}

/** What the attacker sends, and the same under keys that mean nothing. */
function writeCase(random: Random): { query: string; plain: string; keys: Forged['keys'] } {
  const { forged, plain, keys } = forge(random);
  const write = random.pick(WAYS);
  return { query: write(forged), plain: write(plain), keys };
}

async function tryForged({ client, ask, world, own, foreign }: Target, random: Random): Promise<Outcome> {
  const { query, plain, keys } = writeCase(random);
  const atBoth = new Set(world.profiles.filter(({ teaching }) => teaching === CEDAR).map(({ student }) => student));
  const { id } = random.pick(
    world.profiles.filter(({ teaching, student }) => teaching === BIRCHWOOD && !atBoth.has(student)),
  );
  const variables = { id };
  if (random.chance(0.3)) {
    const { data } = (await ask(foreign.token, { query, variables }, random)).body;
    const isNothing = data === null || data === undefined || Object.values(data).every((each) => each === null);
    return isNothing ? 'refused' : { found: `Expected nothing of another school’s profile for ${keyList(keys)}.` };
  }
  const { body: answer } = await ask(own.token, { query, variables }, random);
  const { body: expected } = await client.ask(own.token, { query: plain, variables });
  if (!expected.data) return { found: 'Expected the same fields without the aliases to be served.' };
  // two names for one field are no operation, and `__` is not a client's to use: refused is right, too
  if (!answer.data) return 'refused';
  return isDeepStrictEqual(renamed(expected.data, keys), withoutPrototypes(answer.data))
    ? 'served'
    : { found: `Expected the aliases ${keyList(keys)} to change nothing but names.` };
}

const keyList = (keys: ReadonlyMap<string, string>): string => [...keys.values()].join(', ');

/** The plain answer with the forged keys; other objects as they are. */
function renamed(data: Record<string, unknown>, keys: ReadonlyMap<string, string>): unknown {
  const inProfile = (profile: unknown) =>
    typeof profile === 'object' && profile !== null
      ? Object.fromEntries(Object.entries(profile).map(([key, value]) => [keys.get(key) ?? key, value]))
      : profile;
  return Object.fromEntries(Object.entries(data).map(([key, profile]) => [key, inProfile(profile)]));
}

/** JSON.parse makes `__proto__` a member like any other; entries do, too. */
const withoutPrototypes = (data: object): unknown => JSON.parse(JSON.stringify(data));
