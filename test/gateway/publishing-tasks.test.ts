/** What `npm run operations` does, task by task: publish, list, retire, check. How it says so is `publishing-commands.test.ts`. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readManifests } from '../../gateway/operations/persisted/manifest.ts';
import { sha256Of } from '../../gateway/operations/persisted/operation-id.ts';
import { DEFAULT_FRONT, type FrontSettings } from '../../gateway/policy/front-settings.ts';
import { check } from '../../gateway/publishing/check.ts';
import { checkPublished } from '../../gateway/publishing/check-published.ts';
import { list } from '../../gateway/publishing/list.ts';
import { publish } from '../../gateway/publishing/publish.ts';
import { retire } from '../../gateway/publishing/retire.ts';
import { retireClient } from '../../gateway/store/administer-clients.ts';
import { listsOf, publishList } from '../../gateway/store/publish-lists.ts';
import { asAdmin } from '../../subgraphs/kernel/database/roles.ts';
import { failureOf } from '../../subgraphs/kernel/process/lifetime.ts';
import { addApp, letIn, revoke } from '../kit/apps.ts';
import { atEnd } from '../kit/at-end.ts';
import { TEST_TODAY } from '../kit/clock.ts';
import { cloneDatabase } from '../kit/database.ts';
import { composed } from './small-graph.ts';

const database = await cloneDatabase('demo');
const admin = <Result>(work: Parameters<typeof asAdmin<Result>>[1]) => asAdmin(database.adminUrl, work);

const TEXT = 'query Own { viewer { name } }';
const operationsOf = (text: string) =>
  readManifests([{ path: 'a.json', content: JSON.stringify({ [sha256Of(text)]: text }) }]).operations;

describe('npm run operations', () => {
  const folder = mkdtempSync(join(tmpdir(), 'operations-'));
  atEnd(async () => rmSync(folder, { recursive: true }));
  const file = (name: string, content: string): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const publishing = (client: string, version: string, ...files: string[]) =>
    admin((connection) =>
      publish(
        { name: 'publish', client, version, files, supergraph: undefined },
        { admin: connection, front: DEFAULT_FRONT, calledFrom: '/', today: TEST_TODAY },
      ),
    );

  it('publish says what each needs and what has changed, and serves it', async () => {
    const [one, two] = [
      file('own.graphql', TEXT),
      file('list.graphql', 'query List($n: Int = 5) { guestProfiles(first: $n) { nodes { id upn } } }'),
    ];
    expect(await publishing('web', '4.0.0', one, two)).toMatchObject({ problems: [] });
    const changed = file('list2.graphql', 'query List($n: Int!) { guestProfiles(first: $n) { nodes { id } } }');
    const { told } = await publishing('web', '4.1.0', changed);
    expect(told[0]).toMatch(/^[\da-f]{64} {2}query List {2}needs students:read {2}cost 201$/);
    expect(told.slice(1)).toEqual([
      'web 4.1.0, compared with 4.0.0:',
      'Changed, under another id: List.',
      'Gone: Own.',
      'Breaking. List: its answer has no "guestProfiles.nodes.upn" any more.',
      'Breaking. List: its variable "$n" is Int!, and was Int.',
      'Judged by the usual limits. Gateways refuse what is over theirs.',
    ]);
  });

  it('publish judges by the limits of its environment, and says by which', async () => {
    const dear = file('dear.graphql', 'query Dear { guestProfiles(first: 100) { nodes { id } } }');
    const dearest =
      'query Dearest($id: ID!) { guestProfile(id: $id) { id } guestProfiles(first: 100) { nodes { id } } }';
    const maybe = file('maybe.graphql', 'query Maybe($n: Int = 50) { guestProfiles(first: $n) { nodes { id } } }');
    const limits = { ...DEFAULT_FRONT.limits, cost: 400 };
    const judging = (front: FrontSettings, ...files: string[]) =>
      admin((connection) =>
        publish(
          { name: 'publish', client: 'web', version: '4.2.0', files, supergraph: undefined },
          { admin: connection, front, calledFrom: '/', today: TEST_TODAY },
        ),
      );
    expect((await judging({ ...DEFAULT_FRONT, limits }, dear)).problems).toEqual([
      expect.stringMatching(/dear\.graphql, operation "Dear": The operation may cost more than 400 to answer/),
      'Nothing is published. Problems: 1.',
    ]);
    // no variable makes it cheaper
    expect((await judging({ ...DEFAULT_FRONT, limits }, file('dearest.graphql', dearest))).problems).toHaveLength(2);
    const { told, problems } = await judging({ ...DEFAULT_FRONT, limits, assumedListSize: 7 }, maybe);
    expect([problems, told[0], told.at(-1)]).toEqual([
      [],
      expect.stringMatching(/cost 501, and no more than 400 is answered: with other variables$/),
      'Judged by LIMIT_COST=400, ASSUMED_LIST_SIZE=7, and the usual limits else. Gateways refuse what is over theirs.',
    ]);
    const measured = await judging({ ...DEFAULT_FRONT, limits, limitMode: 'measure' }, dear);
    expect(measured.told.at(-1)).toMatch(/^No limits were enforced here \(LIMITS=measure\)\./);
  });

  it('publish publishes nothing where one operation does not hold, and says of each which and why', async () => {
    const aliases = Array.from({ length: 20 }, (_, at) => `a${at}: viewer { name }`).join(' ');
    const wrong = [
      [
        'query Wrong { nothing }',
        'operation "Wrong": Cannot query field "nothing" on type "Query". (line 1, column 15)',
      ],
      [`query Long { ${aliases} }`, 'operation "Long": The operation renames fields of one name more than 15 times'],
      ['{ viewer { name } }', 'operation "": expected an operation with a name'],
    ] as const;
    const files = wrong.map(([text], index) => file(`bad-${index}.graphql`, text));
    const { problems } = await publishing('web', '5.0.0', file('good.graphql', TEXT), ...files);
    for (const [index, [, expected]] of wrong.entries())
      expect(problems).toContainEqual(expect.stringContaining(`bad-${index}.graphql, ${expected}`));
    expect(problems.at(-1)).toBe('Nothing is published. Problems: 3.');
    expect((await admin((client) => listsOf(client, 'web'))).map(({ version }) => version)).not.toContain('5.0.0');
  });

  it('publish refuses operations of a partner’s that no app grant covers, by name or by scope', async () => {
    const unnamed = file('pupils.graphql', 'query Pupils { guestProfiles { nodes { id } } }');
    const tooMuch = file('lessons.graphql', 'query Lessons { courses { nodes { id } } }');
    const grant = { client: 'timetable-app', school: '900001', scopes: ['students:read'], operations: ['Lessons'] };
    await letIn(database, grant);
    const { problems } = await publishing('timetable-app', '5.0.0', unnamed, tooMuch);
    expect(problems).toEqual([
      expect.stringContaining('operation "Pupils": no app grant of timetable-app names it.'),
      expect.stringMatching(/operation "Lessons": no app grant of timetable-app that names it gives courses:read\.$/),
      'Nothing is published. Problems: 2.',
    ]);
  });

  it('publish refuses operations of an own app that no app grant covers, too', async () => {
    const own = await addApp(database);
    const named = file('named.graphql', 'query Named { guestProfiles { nodes { id } } }');
    const told = async () => (await publishing(own.name, '1.0.0', named)).problems[0];
    expect(await told()).toContain(`operation "Named": no app grant of ${own.name} names it.`);
    const grant = { client: own.name, school: '900001', operations: ['Named'] };
    const tooLittle = await letIn(database, { ...grant, scopes: ['courses:read'] });
    expect(await told()).toMatch(/that names it gives students:read\.$/);
    await revoke(database, tooLittle);
    await letIn(database, { ...grant, scopes: ['students:read'] });
    expect(await told()).toBeUndefined();
    await admin((client) => retireClient(client, own.name));
  });

  it('publish refuses operations of a partner’s that are not in the contract', async () => {
    const text = 'query Guests { guestProfiles { nodes { id emergencyContacts { phone } } } }';
    const files = [file('contacts.graphql', text)];
    const { problems } = await publishing('timetable-app', '5.0.0', ...files);
    expect(problems[0]).toContain('Cannot query field "emergencyContacts" on type "GuestProfile".');
    const checked = (isPartner: boolean) =>
      check({ name: 'check', files, supergraph: undefined, isPartner }, DEFAULT_FRONT, '/').problems;
    expect([checked(true), checked(false)]).toEqual([problems.slice(0, 1), []]);
  });

  it('publish takes what an app grant covers', async () => {
    const text = 'query Guests { guestProfiles { nodes { id displayName } } }';
    expect(await publishing('timetable-app', '5.0.0', file('covered.graphql', text))).toMatchObject({ problems: [] });
  });

  it('check says what of all that is published would not hold in another supergraph, and when it was last asked for', async () => {
    const gone = operationsOf('query Gone { viewer { role } }');
    for (const version of ['8.0.0', '8.1.0'])
      await admin((client) =>
        publishList(client, { client: 'web', version, operations: [...gone, ...operationsOf(TEXT)] }),
      );
    await admin((client) =>
      client.query(
        `update gateway.persisted_list_entry set last_used_at = '2026-11-01' where client = 'web' and version = '8.0.0'`,
      ),
    );
    const smaller = composed([
      { name: 'one', typeDefs: 'type Query { viewer: Viewer } type Viewer { name: String }', resolvers: {} },
    ]);
    const checked = (text: string) =>
      admin((client) =>
        checkPublished(
          { name: 'check-published', supergraph: file('other.graphql', text) },
          { admin: client, front: DEFAULT_FRONT, calledFrom: '/' },
        ),
      );
    const own = (problems: readonly string[]) => problems.filter((problem) => problem.startsWith('web 8.'));
    const { told, problems } = await checked(smaller);
    expect(told).toContainEqual(expect.stringMatching(/^Published operations of web: \d+\.$/));
    expect(own(problems)).toEqual([
      'web 8.0.0, 8.1.0, operation "Gone": Cannot query field "role" on type "Viewer". (line 1, column 23) (last asked for 2026-11-01)',
    ]);
    expect(problems).toContainEqual(
      expect.stringMatching(/^timetable-app 1\.0\.0, operation "Guests": .* \(never asked for\)$/),
    );
    const served = readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8');
    expect(own((await checked(served)).problems)).toEqual([]);
  });

  it('publish, list and retire name the clients there are where there is none of the name', async () => {
    const failed = await publishing('nobody', '1.0.0', file('own2.graphql', TEXT)).catch((error: unknown) => error);
    // as whoever called the command reads it
    const told = 'There is no client "nobody". There are: timetable-app, web.';
    expect(failureOf(failed)).toBe(told);
    await expect(admin((client) => list({ name: 'list', client: 'nobody' }, client))).rejects.toThrow(told);
    const retiring = { client: 'nobody', version: '1.0.0', usedWithinDays: 30, force: true };
    await expect(admin((client) => retire({ name: 'retire', ...retiring }, client, new Date()))).rejects.toThrow(told);
  });

  it('retire refuses while a list is in use, by what and until when, unless it is forced', async () => {
    await admin((client) => publishList(client, { client: 'web', version: '6.0.0', operations: operationsOf(TEXT) }));
    await admin((client) =>
      client.query(
        `update gateway.persisted_list_entry set last_used_at = '2026-11-01' where client = 'web' and version = '6.0.0'`,
      ),
    );
    const retiring = (force: boolean, now: string) =>
      admin((client) =>
        retire({ name: 'retire', client: 'web', version: '6.0.0', usedWithinDays: 30, force }, client, new Date(now)),
      );
    await expect(retiring(false, '2026-11-20')).rejects.toThrow(
      'web 6.0.0 is in use. Asked for within 30 days, last: Own (2026-11-01).',
    );
    expect((await retiring(false, '2026-12-20')).told[0]).toContain('web 6.0.0 is retired');
    for (const force of [true, false])
      await expect(retiring(force, '2026-11-20')).rejects.toThrow('no list of web 6.0.0 that is not retired');
    await expect(
      admin((client) => publishList(client, { client: 'web', version: '6.0.0', operations: operationsOf(TEXT) })),
    ).rejects.toThrow('retired: publish another version');
    const { told } = await admin((client) => list({ name: 'list', client: 'web' }, client));
    expect(told.find((line) => line.includes('6.0.0'))).toMatch(/retired \d{4}-\d\d-\d\d$/);
  });
});
