import { Migration } from '@mikro-orm/migrations';
import { rowSecurity } from './row-security.ts';

/** The lists of a student's record. Each is replaced whole by the home school; `position` counts from 1. */
export class StudentLists0003 extends Migration {
  override up(): void {
    for (const [table, columns] of LISTS) {
      this.addSql(`create table students.${table} (
        home_school_urn text not null,
        student_id uuid not null,
        position integer not null check (position > 0),
        ${columns},
        primary key (home_school_urn, student_id, position),
        foreign key (home_school_urn, student_id) references students.student (home_school_urn, id)
      )`);
      for (const statement of rowSecurity(table, { guests: 'all' })) this.addSql(statement);
    }
  }
}

const SEVERITY = `text not null check (severity in ('MILD', 'MODERATE', 'SEVERE', 'LIFE_THREATENING'))`;

const LISTS = [
  [
    'emergency_contact', // its position is the priority: unique per pupil
    `name text not null,
     relationship text not null check (relationship in
       ('MOTHER', 'FATHER', 'STEP_PARENT', 'GRANDPARENT', 'FOSTER_CARER', 'CARER', 'SOCIAL_WORKER', 'OTHER')),
     phone text not null,
     protected_phone boolean not null`,
  ],
  [
    'contact_restriction',
    `kind text not null check (kind in ('MAY_COLLECT', 'MUST_NOT_COLLECT', 'NO_DISCLOSURE')),
     name text not null,
     note text`,
  ],
  [
    'dietary_requirement',
    `type text not null check (type in
       ('HALAL', 'KOSHER', 'VEGETARIAN', 'VEGAN', 'NO_PORK', 'NO_BEEF', 'GLUTEN_FREE', 'DAIRY_FREE', 'EGG_FREE',
        'NUT_FREE', 'FISH_FREE', 'SOYA_FREE', 'SESAME_FREE', 'OTHER')),
     note text`,
  ],
  [
    'medical_condition', // asks staff to act: it has a plan of one kind or the other
    `name text not null,
     severity ${SEVERITY},
     plan_signs text,
     plan_action text,
     plan_medicine_location text,
     evacuation_plan text,
     check ((plan_signs is null) = (plan_action is null)),
     check (plan_action is not null or plan_medicine_location is null),
     check (plan_action is not null or evacuation_plan is not null)`,
  ],
  ['other_medical_condition', `name text not null, severity ${SEVERITY}`],
  [
    'language_ability',
    `language text not null,
     is_first_language boolean not null,
     proficiency text check (proficiency in
       ('NEW_TO_ENGLISH', 'EARLY_ACQUISITION', 'DEVELOPING_COMPETENCE', 'COMPETENT', 'FLUENT', 'NOT_YET_ASSESSED'))`,
  ],
  [
    'sen_need', // its position is the rank
    `type text not null check (type in
       ('SPLD', 'MLD', 'SLD', 'PMLD', 'SEMH', 'SLCN', 'HI', 'VI', 'MSI', 'PD', 'ASD', 'OTH', 'NSA', 'DS')),
     unique (home_school_urn, student_id, type)`,
  ],
  [
    'access_arrangement',
    `arrangement text not null check (arrangement in
       ('EXTRA_TIME', 'READER', 'SCRIBE', 'LANGUAGE_MODIFIER', 'BILINGUAL_DICTIONARY', 'PRACTICAL_ASSISTANT',
        'MODIFIED_PAPERS', 'REST_BREAKS', 'WORD_PROCESSOR', 'PROMPTER', 'READ_ALOUD', 'SEPARATE_INVIGILATION',
        'COLOURED_OVERLAY', 'LIVE_SPEAKER', 'COMMUNICATION_PROFESSIONAL')),
     extra_time_percentage integer check (extra_time_percentage between 1 and 100),
     approved_until date,
     unique (home_school_urn, student_id, arrangement)`,
  ],
] as const;
