/** How a table of this subgraph is protected: who reads is said by the table, writing is the home school's alone. */

/** Nobody deletes: no policy allows it. A teacher's role changes nothing here. */
export const rowSecurity = (table: string, readable: string): string[] => {
  const name = `shared_teaching.${table}`;
  const writable = 'home_school_urn = kernel.school() and kernel.teacher() is null';
  return [
    `alter table ${name} enable row level security`,
    `alter table ${name} force row level security`,
    `create policy ${table}_read on ${name} for select using (${readable})`,
    `create policy ${table}_insert on ${name} for insert with check (${writable})`,
    `create policy ${table}_update on ${name} for update using (${writable}) with check (${writable})`,
  ];
};

/** A row about two schools is seen by both. */
export const EITHER_SCHOOL = 'kernel.school() in (home_school_urn, teaching_school_urn)';

export const YEAR_GROUP_CHECK =
  "check (year_group in ('N1','N2','R','1','2','3','4','5','6','7','8','9','10','11','12','13','14','X'))";
