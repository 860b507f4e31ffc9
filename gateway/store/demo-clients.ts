/** The demo's clients: the pages that its people would come by, and a partner's app that Birchwood has let in. */
import { v5 } from 'uuid';
import { asAdmin } from '../../subgraphs/kernel/database/roles.ts';
import { BIRCHWOOD } from '../../subgraphs/kernel/demo/schools.ts';
import { academicYearOf, firstDayOf, lastDayOf } from '../../subgraphs/kernel/identifiers/academic-year.ts';
import { addAppGrant, addClient, NotAdministered } from './administer-clients.ts';

const CLIENTS = [
  { name: 'web', title: 'Schoolgraph web', mode: 'log-unknown', isPartner: false, isApp: false },
  // its secret nobody has seen: npm run clients -- rotate timetable-app shows a new one
  { name: 'timetable-app', title: 'Timetable app', mode: 'require-id', isPartner: true, isApp: true },
] as const;

/** Whether a demo's client is a partner's. */
export const isDemoPartner = (client: string): boolean =>
  CLIENTS.some(({ name, isPartner }) => isPartner && name === client);

const GRANT = {
  client: 'timetable-app',
  school: BIRCHWOOD,
  purpose: 'timetabling',
  ground: 'public-task',
  operations: ['Guests', 'Courses'],
  scopes: ['students:read', 'schools:read', 'courses:read'],
} as const;

const NAMESPACE = '6f1d4c1e-0000-5000-8000-5c4001900002';

/** Those that are there already, or were, stay as they are; every academic year has an app grant of its own. */
export async function seedDemoClients(adminUrl: string, today: string): Promise<void> {
  const year = academicYearOf(today);
  const id = v5(`${GRANT.client} ${GRANT.school} ${year.label}`, NAMESPACE);
  await asAdmin(adminUrl, async (admin) => {
    for (const client of CLIENTS) await unlessAdministered(() => addClient(admin, client));
    const { rowCount } = await admin.query('select from gateway.app_grant where id = $1', [id]);
    if (rowCount) return;
    await unlessAdministered(() => addAppGrant(admin, { ...GRANT, from: firstDayOf(year), to: lastDayOf(year) }, id));
  });
}

async function unlessAdministered(seed: () => Promise<unknown>): Promise<void> {
  try {
    await seed();
  } catch (error) {
    if (!(error instanceof NotAdministered)) throw error;
  }
}
