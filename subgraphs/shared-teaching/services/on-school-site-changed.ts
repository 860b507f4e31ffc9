import { sql } from 'kysely';
import type { Session } from '../../kernel/database/transaction.ts';
import type { EventPayload } from '../../kernel/events/emit.ts';

/** `school-site.changed`: `aggregateId` is the URN. */
export interface SchoolSiteState extends EventPayload {
  name: string;
}

/** Keeps the names of sites. Forms that were named after a school keep their names. */
export async function onSchoolSiteChanged({ db }: Session, site: SchoolSiteState): Promise<void> {
  await sql`
    insert into shared_teaching.school_site (urn, name, version)
    values (${site.aggregateId}, ${site.name}, ${site.version})
    on conflict (urn) do update set (name, version) = (excluded.name, excluded.version)
      where school_site.version < excluded.version`.execute(db);
}
