/** Three schools with students, agreements and courses, made through the subgraph's own doors: its events and its mutations. */
import { setTimeout } from 'node:timers/promises';
import type { Caller } from '../../../subgraphs/kernel/caller.ts';
import { asAdmin } from '../../../subgraphs/kernel/database/roles.ts';
import { ALDER, BIRCHWOOD, CEDAR, DEMO_SCHOOLS } from '../../../subgraphs/kernel/demo/schools.ts';
import { GUEST_FIELDS } from '../../../subgraphs/kernel/guest-access/matrix.ts';
import { decodeId, encodeId, newUuid } from '../../../subgraphs/kernel/ids.ts';
import type { StudentState } from '../../../subgraphs/shared-teaching/services/on-student-changed.ts';
import { subgraph } from '../../../subgraphs/shared-teaching/subgraph.ts';
import { subscriptions } from '../../../subgraphs/shared-teaching/subscriptions.ts';
import { callerAs } from '../../kit/callers.ts';
import { openSubgraphs, type SubgraphAnswer, type TestSubgraphsOptions } from '../../kit/subgraphs.ts';

export { ALDER, BIRCHWOOD, CEDAR };

export const ALDER_LEAD = callerAs('DATA_LEAD', ALDER);
export const BIRCHWOOD_LEAD = callerAs('DATA_LEAD', BIRCHWOOD);
export const CEDAR_LEAD = callerAs('DATA_LEAD', CEDAR);

const SYNCED = GUEST_FIELDS.filter(({ reason }) => reason !== 'NOT_SYNCED').map(({ name }) => name);

export const START = '2026-09-01';

interface Slot {
  weekday?: string;
  from?: string;
  to?: string;
  teacher?: Caller;
}

interface TestAgreement {
  from?: string;
  to?: string;
  signed?: boolean;
  fieldsCovered?: string[];
}

export async function openSharedTeaching(options: Omit<TestSubgraphsOptions, 'definitions'> = {}) {
  const graph = await openSubgraphs({ ...options, definitions: [subgraph] });
  const call = (caller: Caller | null, query: string, variables: Record<string, unknown> = {}) =>
    graph.call('shared-teaching', caller, query, variables);

  /** The data of an answer that has no error. */
  const ask = async <Data>(caller: Caller, query: string, variables: Record<string, unknown> = {}): Promise<Data> => {
    const { data, errors } = await call(caller, query, variables);
    if (errors || !data) throw new Error(JSON.stringify(errors));
    return data as Data;
  };

  const asAdministrator = <Row>(statement: string, values: unknown[] = []): Promise<Row[]> =>
    asAdmin(graph.database.adminUrl, async (client) => (await client.query(statement, values)).rows as Row[]);

  /** Hands events of one school to their handlers, as the worker does. */
  const hear = (event: string, ...payloads: { schoolUrn: string; [field: string]: unknown }[]) => {
    const caller = { kind: 'system', job: event, school: payloads[0]?.schoolUrn ?? null, reason: 'event' } as const;
    return graph.transaction('shared-teaching', caller, async (session) => {
      for (const payload of payloads) {
        const common = { eventId: newUuid(), aggregateId: payload.schoolUrn, version: 1 };
        await subscriptions[event]?.(session, { ...common, ...payload });
      }
    });
  };

  const stateOf = (
    schoolUrn: string,
    id: string,
    state: Partial<StudentState> = {},
  ): StudentState & Record<string, unknown> => ({
    eventId: newUuid(),
    schoolUrn,
    version: 1,
    yearGroup: '12',
    protectedDetails: false,
    rollStatus: 'ON_ROLL',
    leftOn: null,
    ...state,
    aggregateId: decodeId('Student', id) ?? '',
  });

  const hearOfStudent = (schoolUrn: string, id: string, state: Partial<StudentState> = {}) =>
    hear('student.changed', stateOf(schoolUrn, id, state));

  const course = async (caller: Caller, slots: Slot[] = []): Promise<string> => {
    const input = { name: 'Physics A level', subject: 'Physics', slots: slots.map(slotInput) };
    return (await done(ask, caller, 'createCourse', 'CreateCourseInput', 'course', input)).id;
  };

  const push = (caller: Caller, courseId: string, teachingSchoolUrn: string, slots: Slot[] = [], more: object = {}) =>
    done(ask, caller, 'pushCourse', 'PushCourseInput', 'coursePush', {
      courseId,
      teachingSchoolUrn,
      slots: slots.map(slotInput),
      ...more,
    });

  /** Of all schools, past row-level security. */
  const allProfiles = () =>
    asAdministrator<StoredProfile>(
      `select student_id as student, teaching_school_urn as teaching, year_group as "yearGroup",
         starts_on::text as "startsOn", ends_on::text as "endsOn", version
       from shared_teaching.guest_profile order by id`,
    );

  for (const [index, { urn, name }] of DEMO_SCHOOLS.entries())
    await hear('school-site.changed', { schoolUrn: urn, name, telephone: `01632 96010${index}` });

  return {
    graph,
    call,
    ask,
    asAdministrator,
    stateOf,
    hear,
    hearOfStudent,
    /** From now on what is told of these events stays to be read: they have a subscriber that nobody runs. */
    async listenTo(...events: string[]): Promise<void> {
      for (const event of events)
        await asAdministrator("insert into kernel.subscription values ($1, 'test/' || $1)", [event]);
    },
    told: async (event: string): Promise<Told[]> =>
      (
        await asAdministrator<{ payload: Told }>(
          `select j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
           where t.identifier = 'test/' || $1 order by j.id`,
          [event],
        )
      ).map(({ payload }) => payload),
    /** Resolves when a transaction of this database waits for another to let go of a row. */
    async waiting(): Promise<void> {
      const blocked = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      while ((await asAdministrator(blocked)).length === 0) await setTimeout(10);
    },
    /** The guest profiles of a student by the id as in the graph, past row-level security. */
    guestsOf: async (student: string) =>
      (await allProfiles()).filter((profile) => encodeId('Student', profile.student) === student),
    /** A new course of Alder's that is taught at the school: once a week, where no slots are said. */
    async taughtAt(teaching: string, ...slots: Slot[]): Promise<string> {
      const made = await course(ALDER_LEAD);
      await push(ALDER_LEAD, made, teaching, slots.length > 0 ? slots : [{}]);
      return made;
    },
    /** A new student of the school. Returns the id as in the graph. */
    async student(schoolUrn: string, state: Partial<StudentState> = {}): Promise<string> {
      const id = encodeId('Student', newUuid());
      await hearOfStudent(schoolUrn, id, state);
      return id;
    },
    /** As many new students as there are states. */
    students: (schoolUrn: string, states: Partial<StudentState>[]) =>
      hear('student.joined', ...states.map((state) => stateOf(schoolUrn, encodeId('Student', newUuid()), state))),
    async agreement(home: string, teaching: string, terms: TestAgreement = {}): Promise<void> {
      const { from = START, to = '2028-08-31', signed = true, fieldsCovered = SYNCED } = terms;
      await asAdministrator(
        `with made as (
           insert into shared_teaching.partnership (home_school_urn, id, teaching_school_urn) values ($1, $3, $2)
           on conflict (home_school_urn, teaching_school_urn) do update set version = partnership.version + 1 returning id)
         insert into shared_teaching.agreement (home_school_urn, id, partnership_id, teaching_school_urn, purpose,
           fields_covered, lawful_bases, in_force_from, in_force_to, review_on, home_signed_on, teaching_signed_on)
         select $1, $3, id, $2, 'Teaching shared courses', $4, '{}', $5, $6, $6, $5, $7 from made`,
        [home, teaching, newUuid(), fieldsCovered, from, to, signed ? from : null],
      );
    },
    course,
    push,
    enrol: (caller: Caller, courseId: string, studentId: string, startDate = START, endDate: string | null = null) =>
      done(ask, caller, 'enrolOnCourse', 'EnrolOnCourseInput', 'courseEnrolment', {
        courseId,
        studentId,
        startDate,
        endDate,
      }),
    override: (caller: Caller, input: object) =>
      ask<{ setGuestFieldAccess: { fieldAccess: FieldAccess | null; userErrors: UserError[] } }>(
        caller,
        `mutation ($input: SetGuestFieldAccessInput!) { setGuestFieldAccess(input: $input) {
           fieldAccess { field access reason explanation setBy setAt } userErrors { code field message } } }`,
        { input },
      ).then((data) => data.setGuestFieldAccess),
    /** The guest profiles that a caller sees, 100 at the most. */
    profiles: (caller: Caller) =>
      ask<{ guestProfiles: { nodes: Profile[] } }>(
        caller,
        `{ guestProfiles(first: 100) { nodes { ${PROFILE} } } }`,
      ).then((data) => data.guestProfiles.nodes),
    allProfiles,
  };
}

export type SharedTeaching = Awaited<ReturnType<typeof openSharedTeaching>>;

interface UserError {
  code: string;
  field: string | null;
  message: string;
}

interface FieldAccess {
  field: string;
  access: string;
  reason: string;
  explanation: string;
  setBy: string | null;
  setAt: string | null;
}

export interface Profile {
  id: string;
  yearGroup: string | null;
  homeSchool: { urn: string };
  teachingSchool: { urn: string };
  registrationForm: { name: string } | null;
  schoolEnrolment: { startDate: string | null; endDate: string | null } | null;
  academicYearEnrolments:
    | { academicYear: { startYear: number; label: string }; startDate: string; endDate: string }[]
    | null;
  fieldAccess: FieldAccess[];
  guestGrant: string;
}

/** An event as it is told. */
export interface Told {
  eventId: string;
  schoolUrn: string;
  aggregateId: string;
  version: number;
  [field: string]: unknown;
}

interface StoredProfile {
  student: string;
  teaching: string;
  yearGroup: string | null;
  startsOn: string | null;
  endsOn: string | null;
  version: number;
}

const PROFILE = `id yearGroup homeSchool { urn } teachingSchool { urn } registrationForm { name }
  schoolEnrolment { startDate endDate } academicYearEnrolments { academicYear { startYear label } startDate endDate }
  fieldAccess { field access reason explanation setBy setAt } guestGrant`;

/** A slot of one school year, with anybody as teacher. */
export const slotInput = ({ weekday = 'TUESDAY', from = START, to = '2027-07-16', teacher }: Slot = {}) => ({
  weekday,
  startsAt: '09:30',
  endsAt: '10:30',
  from,
  to,
  ...(teacher && { teacher: { id: encodeId('Staff', teacher.subject), name: teacher.name } }),
});

class Refusal extends Error {
  readonly userErrors: readonly UserError[];
  constructor(userErrors: readonly UserError[]) {
    super(userErrors.map(({ code, field }) => `${code} ${field}`).join(', '));
    this.userErrors = userErrors;
  }
}

/** Throws Refusal where the answer has userErrors. */
async function done(
  ask: <Data>(caller: Caller, query: string, variables: Record<string, unknown>) => Promise<Data>,
  caller: Caller,
  mutation: string,
  inputType: string,
  made: string,
  input: object,
): Promise<{ id: string }> {
  const query = `mutation ($input: ${inputType}!) { ${mutation}(input: $input) { ${made} { id } userErrors { code field message } } }`;
  const data = await ask<Record<string, Record<string, unknown> & { userErrors: UserError[] }>>(caller, query, {
    input,
  });
  const payload = data[mutation];
  if (!payload || payload.userErrors.length > 0) throw new Refusal(payload?.userErrors ?? []);
  return payload[made] as { id: string };
}

export const codesOf = (answer: SubgraphAnswer) => answer.errors?.map(({ extensions }) => extensions.code) ?? [];
