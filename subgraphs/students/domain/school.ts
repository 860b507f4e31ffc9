/** What is known of a school. Public data. */
export type SchoolStatus = 'OPEN' | 'OPEN_PROPOSED_TO_CLOSE' | 'PROPOSED_TO_OPEN' | 'CLOSED';

export interface School {
  urn: string;
  name: string;
  /** 3 digits. */
  localAuthorityCode: string | null;
  localAuthority: string | null;
  /** 4 digits. */
  establishmentNumber: string | null;
  /** `123/4567`; null where either part is. */
  dfeNumber: string | null;
  status: SchoolStatus;
  /** In the register's words. */
  phase: string | null;
  /** In the register's words. */
  establishmentType: string | null;
  openedOn: string | null;
  closedOn: string | null;
  addressLines: string[];
  postcode: string | null;
  telephone: string | null;
  /** With its scheme. */
  website: string | null;
}
