import { type RawBuilder, sql } from 'kysely';
import type { School } from '../domain/school.ts';

export interface SchoolRow extends School {
  isSite: boolean;
}

export const SCHOOL_COLUMNS: RawBuilder<SchoolRow> = sql<SchoolRow>`urn, name,
  local_authority_code as "localAuthorityCode", local_authority as "localAuthority",
  establishment_number as "establishmentNumber", dfe_number as "dfeNumber", status, phase,
  establishment_type as "establishmentType", opened_on as "openedOn", closed_on as "closedOn",
  address_lines as "addressLines", postcode, telephone, website, is_site as "isSite"`;
