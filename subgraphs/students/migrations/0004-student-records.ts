import { Migration } from '@mikro-orm/migrations';
import { type RowSecurity, rowSecurity } from './row-security.ts';

/** What is written about a student day by day, and what stands on a record beside its lists. */
export class StudentRecords0004 extends Migration {
  override up(): void {
    for (const { table, columns, security } of RECORDS) {
      this.addSql(`create table students.${table} (
        home_school_urn text not null,
        student_id uuid not null,
        ${columns},
        foreign key (home_school_urn, student_id) references students.student (home_school_urn, id)
      )`);
      for (const statement of rowSecurity(table, security)) this.addSql(statement);
    }
    this.addSql('create index absence_note_of on students.absence_note (home_school_urn, student_id, written_at)');
    this.addSql('create index evidence_of on students.access_arrangement_evidence (home_school_urn, student_id)');
    this.addSql('create index pinned_item_of on students.pinned_item (home_school_urn, student_id)');
    this.addSql('create index detention_of on students.detention (home_school_urn, student_id)');
    this.addSql('create index meal_of on students.meal (home_school_urn, student_id, date)');
  }
}

/**
 * What a teaching school wrote is seen by it and by home; by another teaching school never. `guestsAdd`: the row of the
 * guest matrix that opens the table to it.
 */
const writtenBy = (column: string, guestsAdd: string): RowSecurity => ({
  appendOnly: true,
  guests: {
    where: `home_school_urn = (select kernel.school()) or ${column} in (home_school_urn, (select kernel.school()))`,
  },
  stamped: `${column} = (select kernel.school())`,
  guestsAdd,
});

const RECORDS: readonly { table: string; columns: string; security: RowSecurity }[] = [
  {
    table: 'absence_note',
    columns: `id uuid not null,
      date date not null,
      text text not null check (text <> ''),
      written_at timestamptz not null,
      written_by_school text not null references students.school (urn),
      written_by_name text not null,
      written_by_subject text not null,
      primary key (home_school_urn, id)`,
    security: writtenBy('written_by_school', 'ownAbsenceNotes'),
  },
  {
    table: 'access_arrangement_evidence',
    columns: `id uuid not null,
      arrangement text not null,
      text text not null check (text <> ''),
      recorded_on date not null,
      recorded_by_school text not null references students.school (urn),
      recorded_by_name text not null,
      recorded_by_subject text not null,
      primary key (home_school_urn, id)`,
    security: writtenBy('recorded_by_school', 'accessArrangements'),
  },
  {
    table: 'pinned_item',
    columns: `id uuid not null,
      title text not null check (title <> ''),
      about text not null,
      pinned_until date,
      pinned_at timestamptz not null,
      primary key (home_school_urn, id)`,
    // the rows that are NOT_SYNCED in the guest matrix
    security: {
      guests: {
        where: `about not in ('detentions', 'meals', 'mealAccount', 'behaviour', 'safeguarding', 'ethnicity',
          'religion', 'privateNotes')`,
      },
    },
  },
  {
    table: 'session_attendance',
    columns: `date date not null,
      session text not null check (session in ('AM', 'PM')),
      mark text not null,
      primary key (home_school_urn, student_id, date, session)`,
    // SI 2024/208: an entry of the register is kept; an amendment is an entry of its own, with its reason
    security: { guests: 'all', appendOnly: true },
  },
  {
    table: 'picture',
    columns: `content bytea not null,
      media_type text not null check (media_type in ('image/jpeg', 'image/png')),
      primary key (home_school_urn, student_id)`,
    security: { guests: 'all' },
  },
  {
    table: 'detention',
    columns: `id uuid not null,
      date date not null,
      reason text not null,
      minutes integer not null check (minutes > 0),
      primary key (home_school_urn, id)`,
    security: { guests: 'none' },
  },
  {
    table: 'meal',
    columns: `id uuid not null,
      date date not null,
      name text not null check (name <> ''),
      price_pence integer not null check (price_pence >= 0),
      primary key (home_school_urn, id)`,
    security: { guests: 'none' },
  },
  {
    table: 'meal_account',
    columns: `balance_pence integer not null,
      primary key (home_school_urn, student_id)`,
    security: { guests: 'none' },
  },
];
