/**
 * The policies of tables that hold a person, as SQL. What is asked of the kernel stands in a sub-select, so that
 * PostgreSQL asks once per statement, not once per row.
 */

/** The caller's own school; a teacher there only of students whom he or she teaches about now. */
const own = (student: string): string =>
  `home_school_urn = (select kernel.school())
   and ((select kernel.teacher()) is null or ${student} in (select students.taught_today()))`;

/** A student for whose guest profile the call brought a verified grant. */
const granted = (student: string): string => `${student} = any(array(select unnest(kernel.granted_students())))`;

/** One for whose guest profile a grant gives this caller EDIT on that row of the guest matrix. */
const writable = (student: string, row: string): string =>
  `${student} = any(array(select unnest(kernel.writable_students('${row}'))))`;

export interface RowSecurity {
  /** The column that holds the student's id. */
  student?: string;
  /** What a granted caller reads: all, nothing, or rows that also meet this condition. */
  guests: 'all' | 'none' | { where: string };
  /** Rows are added and never changed or taken away. */
  appendOnly?: boolean;
  /** The row of the guest matrix: where a grant says EDIT on it, a teaching school may add rows. */
  guestsAdd?: string;
  /** Holds for every row that is added, the home school's too. */
  stamped?: string;
}

export function rowSecurity(table: string, options: RowSecurity): string[] {
  const { student = 'student_id', guests, appendOnly = false, guestsAdd, stamped = 'true' } = options;
  const name = `students.${table}`;
  const statements = [
    `alter table ${name} enable row level security`,
    `alter table ${name} force row level security`,
    `create policy own_read on ${name} for select using (${own(student)})`,
    `create policy own_add on ${name} for insert with check (${own(student)} and ${stamped})`,
  ];
  if (!appendOnly)
    statements.push(
      `create policy own_change on ${name} for update using (${own(student)}) with check (${own(student)})`,
      `create policy own_remove on ${name} for delete using (${own(student)})`,
    );
  if (guests !== 'none')
    statements.push(
      `create policy guest_read on ${name} for select
       using (${granted(student)} and ${guests === 'all' ? 'true' : `(${guests.where})`})`,
    );
  if (guestsAdd)
    statements.push(
      `create policy guest_add on ${name} for insert
       with check (${writable(student, guestsAdd)} and ${stamped})`,
    );
  return statements;
}

/** Rows of one school that are no student's home record: what this subgraph keeps of other subgraphs' events. */
export const schoolSecurity = (table: string): string[] => [
  `alter table students.${table} enable row level security`,
  `alter table students.${table} force row level security`,
  `create policy own_read on students.${table} for select using (school_urn = (select kernel.school()))`,
  `create policy events_write on students.${table} using (school_urn = (select kernel.school()) and kernel.is_system())
   with check (school_urn = (select kernel.school()) and kernel.is_system())`,
];
