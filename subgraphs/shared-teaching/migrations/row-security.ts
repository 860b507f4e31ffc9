/** How a table of this subgraph is protected: the table says who reads; the home school writes, where it says no other. */

const BY_HOME = 'home_school_urn = kernel.school() and kernel.teacher() is null';

/** Who writes rows where it is not the home school. */
interface Writing {
  insert?: string;
  /** Whose row may be changed, and locked. */
  update?: string;
  /** Into what. */
  changed?: string;
}

/** Nobody deletes: no policy allows it. A teacher's role changes nothing here. */
export const rowSecurity = (
  table: string,
  readable: string,
  { insert = BY_HOME, update = BY_HOME, changed = update }: Writing = {},
): string[] => {
  const name = `shared_teaching.${table}`;
  return [
    `alter table ${name} enable row level security`,
    `alter table ${name} force row level security`,
    `create policy ${table}_read on ${name} for select using (${readable})`,
    `create policy ${table}_insert on ${name} for insert with check (${insert})`,
    `create policy ${table}_update on ${name} for update using (${update}) with check (${changed})`,
  ];
};

/** The graph itself, at work for the home school. */
export const BY_SYSTEM = 'home_school_urn = kernel.school() and kernel.is_system()';

/** A row about two schools is seen by both. */
export const EITHER_SCHOOL = 'kernel.school() in (home_school_urn, teaching_school_urn)';

export const YEAR_GROUP_CHECK =
  "check (year_group in ('N1','N2','R','1','2','3','4','5','6','7','8','9','10','11','12','13','14','X'))";

/** Two schools that share something are partners. */
export const partnersOf = (table: string): string => `
  constraint ${table}_partnership foreign key (home_school_urn, teaching_school_urn)
    references shared_teaching.partnership (home_school_urn, teaching_school_urn)`;
