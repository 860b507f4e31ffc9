/** `npm run operations` and `npm run clients` as an administrator runs them: what they say where they refuse. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { publishList } from '../../gateway/store/publish-lists.ts';
import { asAdmin } from '../../subgraphs/kernel/database/roles.ts';
import { openSecrets } from '../../subgraphs/kernel/database/secrets.ts';
import { atEnd } from '../kit/at-end.ts';
import { childEnvironment } from '../kit/child-environment.ts';
import { TEST_TODAY } from '../kit/clock.ts';
import { cloneDatabase } from '../kit/database.ts';
import { published } from '../kit/operation-lists.ts';

const ROOT = join(import.meta.dirname, '../..');
const { adminUrl } = await cloneDatabase('demo');
const folder = mkdtempSync(join(tmpdir(), 'publishing-'));
atEnd(async () => rmSync(folder, { recursive: true }));
openSecrets(folder);

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A line of a shell, without quotes in it. */
function run(line: string, env: Record<string, string> = {}): Promise<Ended> {
  const [command = '', ...words] = line.split(' ');
  const file = { operations: 'gateway/publish.ts', clients: 'gateway/clients.ts' }[command] ?? '';
  const settings = { DATA_DIR: folder, DATABASE_URL: adminUrl, INIT_CWD: folder, ...env };
  const child = spawn(process.execPath, [file, ...words], { cwd: ROOT, env: { ...childEnvironment(), ...settings } });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (said.stdout += chunk));
  child.stderr.on('data', (chunk) => (said.stderr += chunk));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, ...said })));
}

const write = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content);

const OWN = 'query Own { viewer { name } }';
write('own.graphql', OWN);
write('taken.json', JSON.stringify({ 'taken-id': 'query Taken { viewer { role } }' }));
await asAdmin(adminUrl, async (admin) => {
  const operations = [published('web', 'taken-id', OWN)];
  for (const version of ['2.0.0', '3.0.0']) await publishList(admin, { client: 'web', version, operations });
  await admin.query(`update gateway.persisted_list set retired_at = now() where version = '3.0.0'`);
  await admin.query(`update gateway.persisted_list_entry set last_used_at = now() where version = '2.0.0'`);
});

describe('what is refused', () => {
  it.each<[string, RegExp]>([
    ['operations list --client nobody', /^There is no client "nobody"\./],
    ['operations publish --client nobody --version 1 own.graphql', /^There is no client "nobody"\. There are: /],
    ['operations publish --client web --version 3.0.0 own.graphql', /^Version 3\.0\.0 of web is retired: publish/],
    ['operations publish --client web --version 4.0.0 taken.json', /^Another text was published for web .*taken-id/],
    ['operations publish --client web --version 4.0.0 none.graphql', /^Could not read none\.graphql \(ENOENT\)/],
    ['operations retire --client web --version 9', /^There is no list of web 9 that is not retired\./],
    ['operations retire --client web --version 2.0.0', /^web 2\.0\.0 is in use\. .*last: Own \(\d{4}/],
    ['clients rotate nobody', /^Expected the name of an app/],
    ['clients retire nobody', /^Expected the name of a client that is not retired\./],
    ['clients add web --title Web', /^There is a client of that name, or was one/],
    ['clients change nobody --mode open', /^Expected the name of a client that is not retired\./],
    ['clients revoke 00000000-0000-4000-8000-000000000000', /^Expected the id of an app grant/],
  ])('is said in one line, and nothing else is: %s', async (line, expected) => {
    const { code, stdout, stderr } = await run(line);
    expect({ code, stdout, lines: stderr.split('\n').length }, stderr).toEqual({ code: 1, stdout: '', lines: 2 });
    expect(stderr).toMatch(expected);
  });

  it('is so where the database goes away meanwhile, whatever it was doing', async () => {
    const { code, stderr } = await asAdmin(adminUrl, async (holder) => {
      await holder.query(`begin; select from gateway.client where name = 'web' for update`);
      const running = run('operations publish --client web --version 5.0.0 own.graphql');
      const endWhoWaits = () => asAdmin(adminUrl, async (admin) => (await admin.query(END_WHO_WAITS)).rowCount);
      await expect.poll(endWhoWaits, { timeout: 20_000, interval: 100 }).toBe(1);
      return running;
    });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'The connection to the database was lost: look whether it was done, and do it again if not.\n',
    });
  });
});

const END_WHO_WAITS = `select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and wait_event_type = 'Lock'`;

describe('what the database could not keep', () => {
  it.each([
    [
      'long.graphql',
      `query Long { a(b: "${'x'.repeat(100_000)}") }`,
      'expected a text of 100000 characters at the most',
    ],
    ['nul.json', JSON.stringify({ nul: `${OWN} # \0` }), 'expected a text without the character U+0000'],
  ])('is refused in words, by check as by publish: %s', async (name, content, expected) => {
    write(name, content);
    for (const line of [`operations check ${name}`, `operations publish --client web --version 6.0.0 ${name}`]) {
      const { code, stderr } = await run(line);
      expect({ code, stderr }, line).toEqual({ code: 1, stderr: expect.stringContaining(expected) });
    }
  });
});

describe('the day', () => {
  it('is that of the graph, by the same setting', async () => {
    // the demo’s app grant is for the academic year of the day that tests stand on
    const publishing = 'operations publish --client timetable-app --version 9.0.0 guests.graphql';
    write('guests.graphql', 'query Guests { guestProfiles { nodes { id } } }');
    const [during, after] = [{ TODAY: TEST_TODAY }, { TODAY: '2040-01-10' }];
    expect((await run('clients list', during)).stdout).toContain(', in force');
    expect((await run('clients list', after)).stdout).toContain(', ended');
    expect((await run(publishing, after)).stderr).toContain('no app grant of timetable-app names it.');
    expect(await run(publishing, during)).toMatchObject({ code: 0, stderr: '' });
    expect((await run('clients revoke timetable-app --school 900002', after)).stderr).toMatch(/in force or to come/);
    expect((await run('clients revoke timetable-app --school 900002', during)).stdout).toMatch(/^Revoked [\w-]+\.\n$/);
  });

  it('is not set where the database is no demo’s', async () => {
    const { adminUrl: DATABASE_URL } = await cloneDatabase();
    expect(await run('clients list', { DATABASE_URL, TODAY: TEST_TODAY })).toEqual({
      ...{ code: 1, stdout: '' },
      stderr: 'TODAY is a setting of demos: expected none where the database holds other data.\n',
    });
  });
});

describe('a change of a client', () => {
  it('is said, and shown by the list', async () => {
    expect(await run('clients change web --mode safelist --title Pages')).toEqual({
      ...{ code: 0, stderr: '' },
      stdout: 'Changed web.\n',
    });
    expect((await run('clients list')).stdout).toContain('web: Pages, persons come by it, safelist');
    expect((await run('clients change timetable-app --mode open')).stderr).toBe(
      'timetable-app is an app, which runs listed operations: expected require-id.\n',
    );
  });
});

describe('a file', () => {
  it('that is in no UTF-8 is refused: its text would be another', async () => {
    write('latin1.graphql', Buffer.from('query Own { viewer { name } } # Zoë', 'latin1'));
    expect(await run('operations check latin1.graphql')).toEqual({
      ...{ code: 1, stdout: '' },
      stderr: 'Expected latin1.graphql to be in UTF-8: save it in that.\n',
    });
  });

  it('without an operation in it is none to check, as it is none to publish', async () => {
    write('alone.graphql', 'fragment Alone on Viewer { name }');
    for (const line of [
      'operations check alone.graphql',
      'operations publish --client web --version 6 alone.graphql',
    ]) {
      const { code, stderr } = await run(line);
      expect({ code, stderr }, line).toEqual({ code: 1, stderr: expect.stringMatching(/^Expected an operation: /) });
    }
  });

  it('may begin with a byte order mark', async () => {
    write('marked.json', `\uFEFF${JSON.stringify({ own: OWN })}`);
    expect(await run('operations check marked.json')).toMatchObject({ code: 0, stderr: '' });
  });

  it('is one, and of one folder with others, however it is spelt; what is wrong is told by its place in it', async () => {
    write('uses.graphql', '# who asks\n query Uses { viewer { ...Who } }');
    write('who.graphql', '# who\n\nfragment Who on Viewer { name ...What }\nfragment What on Viewer { nothing }');
    const { stderr } = await run(`operations check ./uses.graphql ${join(folder, 'who.graphql')} who.graphql`);
    expect(stderr).toBe(
      './uses.graphql, operation "Uses": Cannot query field "nothing" on type "Viewer". (who.graphql, line 4, column 27)\n',
    );
  });
});
