/**
 * Fifty callers at once, on few connections, some of whom go away in the middle, each by any lane. Each gets, byte for byte,
 * what it gets when it is alone: no plan, cache, loader or connection gives one caller what is another's.
 */

import { ALDER } from '../../../subgraphs/kernel/demo/schools.ts';
import { GUESTS, HOME } from '../../federation/operations.ts';
import type { Attack, Outcome } from '../attack.ts';
import { type Caller, callersOf, dataLeadOf, readWorld } from '../demo-world.ts';
import { createRandom, type Random } from '../random.ts';
import { type Client, createClient, type GraphqlRequest } from '../requests/client.ts';
import { type AskByLane, newList, openLanes } from '../requests/lanes.ts';
import { runCases } from '../run-cases.ts';

const CALLERS = 50;
const TRIES_OF_ONE = 10;
const CANCELLED = 0.2;
const LONGEST_BEFORE_CANCEL_MS = 40;

export const interleaved: Attack = {
  name: 'interleaved',
  threat: 'One caller is given what another one asked for, through a pool, a cache, a loader or an answer cut short',
  count: 10_000,
  sample: 120,
  seconds: 400,
  poolSize: 2,
  async run(graph, run) {
    const list = newList();
    const [all, client] = [await callersOf(graph, list), createClient(graph.url, CALLERS)];
    // in a sample there are fewer of them, so that most of it is not what each gets alone
    const known = createRandom(run.seed, 'callers', 0).some(all, Math.ceil(run.count / TRIES_OF_ONE));
    const callers = Array.from({ length: CALLERS }, (_, index) => known[index % known.length]).filter(
      (each) => each !== undefined,
    );
    const requests = await requestsOf(client, all);
    const alone = await answersAlone(client, known, requests);
    const texts = requests.map(({ query }) => query);
    const ask = await openLanes(graph, client, { list, token: dataLeadOf(all, ALDER).token, texts });
    const counts = await runCases({ name: 'interleaved', atOnce: CALLERS }, run, (random) => {
      const [caller, request] = [random.pick(callers), random.pick(requests)];
      return tryAmongOthers(ask, caller, request, alone.get(keyOf(caller, request)) ?? '', random);
    });
    await client.close();
    return counts;
  },
};

const keyOf = ({ label, id }: Caller, { query, variables }: GraphqlRequest): string =>
  JSON.stringify([label, id, query, variables]);

/** The same texts for everybody: what differs is who asks. */
async function requestsOf(client: Client, callers: readonly Caller[]): Promise<GraphqlRequest[]> {
  const { students, profiles } = await readWorld(client, callers);
  const [student, guest] = [students[0]?.id, profiles[0]?.id];
  return [
    { query: GUESTS, variables: { first: 3 } },
    { query: HOME.replace('first: 50', 'first: 5') },
    { query: '{ viewer { id name role school { urn name } } }' },
    {
      query:
        'query ($id: ID!) { student(id: $id) { id displayName upn address { lines } medicalConditions { name } } }',
      variables: { id: student },
    },
    {
      query:
        'query ($id: ID!) { guestProfile(id: $id) { id displayName legalLastName emergencyContacts { name phone } } }',
      variables: { id: guest },
    },
    { query: '{ courses(first: 5) { nodes { id name slots { id } } } }' },
  ];
}

async function answersAlone(
  client: Client,
  callers: readonly Caller[],
  requests: readonly GraphqlRequest[],
): Promise<ReadonlyMap<string, string>> {
  const alone = new Map<string, string>();
  for (const caller of callers)
    for (const request of requests)
      alone.set(keyOf(caller, request), steady((await client.ask(caller.token, request)).text));
  return alone;
}

async function tryAmongOthers(
  ask: AskByLane,
  caller: Caller,
  request: GraphqlRequest,
  expected: string,
  random: Random,
): Promise<Outcome> {
  if (random.chance(CANCELLED)) {
    const signal = AbortSignal.timeout(random.below(LONGEST_BEFORE_CANCEL_MS));
    const text = await ask(caller.token, request, random, { signal }).then(
      (reply) => steady(reply.text),
      () => null,
    );
    return text === null ? 'refused' : compared(text, expected, caller);
  }
  return compared(steady((await ask(caller.token, request, random)).text), expected, caller);
}

const compared = (text: string, expected: string, { label }: Caller): Outcome =>
  text === expected ? 'served' : { found: `Expected ${label} to get what it gets alone.` };

/** A picture's link is made for the moment. */
const steady = (text: string): string => text.replace(/\/pictures\/[\w.-]+/g, '/pictures/');
