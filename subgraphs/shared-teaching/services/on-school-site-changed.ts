import { sql } from 'kysely';
import type { Session } from '../../kernel/database/transaction.ts';
import type { EventPayload } from '../../kernel/events/emit.ts';

/** `school-site.changed`: `aggregateId` is the URN. */
export interface SchoolSiteState extends EventPayload {
  name: string;
  telephone: string | null;
}

/** Keeps the names of sites, and the numbers on which they are called. Forms that were named after a school keep their names. */
export async function onSchoolSiteChanged({ db }: Session, site: SchoolSiteState): Promise<void> {
  await sql`
    insert into shared_teaching.school_site (urn, name, telephone, version)
    values (${site.aggregateId}, ${site.name}, ${site.telephone}, ${site.version})
    on conflict (urn) do update set (name, telephone, version) = (excluded.name, excluded.telephone, excluded.version)
      where school_site.version < excluded.version`.execute(db);
}
