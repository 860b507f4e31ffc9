/**
 * Canaries: a text of its own in every text column of some records, and in requests. Then everybody asks for everything,
 * rightly and wrongly. A canary may be found in the data of an answer to whom the matrix and the scopes permit it, and
 * nowhere else: not in an error, a header, an id, a cursor, the log, a metric or a job.
 */
import { asAdmin } from '../../../subgraphs/kernel/database/roles.ts';
import type { Attack, FoundCase, Outcome } from '../attack.ts';
import { type Canary, canaryTexts, type Planted, plantCanaries } from '../canaries/plant.ts';
import { type CanaryRequest, canaryRequest, everythingOf } from '../canaries/requests.ts';
import { createSpotter, faultOfSighting } from '../canaries/sightings.ts';
import { type Caller, callersOf, dataLeadOf, SCHOOLS } from '../demo-world.ts';
import type { AttackedGraph } from '../graph/attacked-graph.ts';
import { createRandom } from '../random.ts';
import { type Client, createClient } from '../requests/client.ts';
import { runCases } from '../run-cases.ts';

const FEWEST = 200;

export const canaries: Attack = {
  name: 'canaries',
  threat:
    'Personal data is found in an error, a log, a metric, a header, an id, a job, or by somebody who may not see it',
  count: 10_000,
  sample: 150,
  seconds: 240,
  async run(graph, run) {
    const planted = await plantCanaries(graph.adminUrl, createRandom(run.seed, 'planting', 0));
    if (planted.canaries.length < FEWEST)
      throw new Error(`Expected ${FEWEST} canaries, not ${planted.canaries.length}.`);
    const [callers, client] = [await callersOf(graph), createClient(graph.url)];
    const { inReply, inText } = createSpotter(planted);
    const seen = new Set<Canary>();
    const ask = async (caller: Caller, { name, request, options }: CanaryRequest): Promise<Outcome> => {
      const reply = await client.ask(caller.token, request, options);
      if (reply.status >= 500) return { found: `Expected no answer of the status ${reply.status} to ${name}.` };
      for (const sighting of inReply(reply)) {
        const fault = faultOfSighting(sighting, caller);
        if (fault) return { found: `${fault} (${name})` };
        if (sighting.canary) seen.add(sighting.canary);
      }
      return reply.status === 200 && reply.body.data ? 'served' : 'refused';
    };
    const counts = await runCases({ name: 'canaries', atOnce: 6 }, run, (random) =>
      ask(random.pick(callers), canaryRequest(planted, random, canaryTexts(random))),
    );
    await Promise.all(SCHOOLS.map((school) => askAll(dataLeadOf(callers, school), everythingOf(planted), ask)));
    const missed = planted.canaries.filter((each) => each.readers.length > 0 && !seen.has(each));
    const findings = [...counts.findings, ...unseen(missed), ...(await outside(graph, client, inText))];
    await client.close();
    return { ...counts, findings, note: noteOn(planted, seen) };
  },
};

async function askAll(
  caller: Caller,
  requests: readonly CanaryRequest[],
  ask: (caller: Caller, request: CanaryRequest) => Promise<unknown>,
) {
  for (const request of requests) await ask(caller, request);
}

const noteOn = ({ canaries: all }: Planted, seen: ReadonlySet<Canary>): string =>
  `${all.length} canaries planted in records, ${seen.size} of them read by those who may`;

/** A checker that sees nothing finds nothing: whoever may read a canary has to have read it. */
const unseen = (missed: readonly Canary[]): FoundCase[] =>
  [...new Set(missed.map(({ place }) => place))].map((place) => ({
    case: 0,
    found: `Expected ${place} to be read by somebody who may.`,
  }));

/** Where no canary may be, whoever looks. */
async function outside(
  graph: AttackedGraph,
  client: Client,
  inText: (text: string) => (Canary | null)[],
): Promise<FoundCase[]> {
  const metrics = await client.textOf('/metrics');
  const places: Readonly<Record<string, string>> = {
    'the log': graph.log(),
    'the jobs': await jobsOf(graph),
    'the metrics': metrics,
    'the pages': (await Promise.all(['/health/ready', '/sandbox', '/guest-access'].map(client.textOf))).join(' '),
  };
  const found = Object.entries(places).flatMap(([place, text]) =>
    inText(text).map(
      (canary) => `Expected nothing of ${canary?.place ?? 'a request'} in ${place}${around(text, canary)}.`,
    ),
  );
  if (!metrics.startsWith('# ')) found.push('Expected the metrics to be there to be looked at.');
  return found.map((each) => ({ case: 0, found: each }));
}

/** What stands before and after it: without that nobody finds where it came from. */
function around(text: string, canary: Canary | null): string {
  const at = canary ? text.toLowerCase().indexOf(canary.text.toLowerCase()) : -1;
  if (!canary || at < 0) return '';
  return `: ${text.slice(Math.max(0, at - 200), at)}[here]${text.slice(at + canary.text.length, at + canary.text.length + 100)}`;
}

/** Jobs that wait and jobs that failed: their payload and their last error. */
const jobsOf = ({ adminUrl }: AttackedGraph): Promise<string> =>
  asAdmin(adminUrl, async (admin) => {
    const { rows } = await admin.query<{ text: string | null }>(
      `select string_agg(concat_ws(' ', payload, last_error), ' ') as text from graphile_worker._private_jobs`,
    );
    return rows[0]?.text ?? '';
  });
