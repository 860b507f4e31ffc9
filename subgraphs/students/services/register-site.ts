/** Makes a school a site of this graph: one that shares students. Done when a school joins, never by a caller. */

import type { Session } from '../../kernel/database/transaction.ts';
import { Refused } from '../../kernel/errors.ts';
import { emit } from '../../kernel/events/emit.ts';
import { partsOfDfeNumber } from '../../kernel/identifiers/dfe-number.ts';
import { School } from '../entities/school.ts';

interface Site {
  urn: string;
  /** `123/4567`. */
  dfeNumber: string;
  name: string;
  phase: string | null;
  telephone: string | null;
  addressLines: string[];
  postcode: string | null;
}

/** Safe to repeat: a site that is registered already, with the same details, is left as it is and nothing is told. */
export async function registerSite(session: Session, site: Site): Promise<void> {
  const { em, caller } = session;
  if (caller?.kind !== 'system') throw new Refused('FORBIDDEN', 'Only the graph itself registers its sites.');
  const { localAuthority: localAuthorityCode, establishment: establishmentNumber } = partsOfDfeNumber(site.dfeNumber);
  const known = { ...site, localAuthorityCode, establishmentNumber, isSite: true };
  const found = await em.findOne(School, { urn: site.urn });
  const versionBefore = found?.version;
  const school = found ? em.assign(found, known) : em.create(School, { ...UNKNOWN, ...known });
  em.persist(school);
  await em.flush();
  if (school.version !== versionBefore) await emitSiteChanged(session, school);
}

const UNKNOWN = {
  localAuthority: null,
  status: 'OPEN',
  establishmentType: null,
  openedOn: null,
  closedOn: null,
  website: null,
} as const;

export async function emitSiteChanged(
  session: Session,
  { urn, name, telephone, version }: Pick<Site, 'urn' | 'name' | 'telephone'> & { version: number },
): Promise<void> {
  await emit(session, 'school-site.changed', { schoolUrn: urn, aggregateId: urn, version, name, telephone });
}
