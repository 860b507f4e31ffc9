/** The kernel's own schema: who is calling (for row-level security) and events. Idempotent: it is run at every start. */
import { roleOf } from './roles.ts';

const WORKER_ROLE = roleOf('worker');

export const KERNEL_SCHEMA_SQL = `
create schema if not exists kernel;

-- The settings of a transaction, which the transaction opener alone makes. Without them every policy shows nothing.
create or replace function kernel.school() returns text language sql stable
  return nullif(current_setting('app.school', true), '');
create or replace function kernel.teacher() returns uuid language sql stable
  return nullif(current_setting('app.teacher', true), '')::uuid;
create or replace function kernel.today() returns date language sql stable
  return nullif(current_setting('app.today', true), '')::date;
create or replace function kernel.granted_students() returns uuid[] language sql stable
  return coalesce(nullif(current_setting('app.granted_students', true), ''), '{}')::uuid[];
create or replace function kernel.is_system() returns boolean language sql stable
  return coalesce(current_setting('app.system', true), '') = 'on';
-- of one row of the guest matrix
create or replace function kernel.writable_students(matrix_row text) returns uuid[] language sql stable
  return array(
    select jsonb_array_elements_text(
      coalesce(nullif(current_setting('app.writable_students', true), ''), '{}')::jsonb -> matrix_row)::uuid);

create table if not exists kernel.subscription (event text not null, task text not null, primary key (event, task));
revoke all on kernel.subscription from public;
grant usage on schema kernel to ${WORKER_ROLE};
grant select on kernel.subscription to ${WORKER_ROLE};

create table if not exists kernel.publisher (event text not null, role name not null, primary key (event, role));
revoke all on kernel.publisher from public;
grant select on kernel.publisher to ${WORKER_ROLE};

-- One job per subscriber, in the transaction of the change: an event is neither lost nor invented, and comes from whoever
-- publishes it.
create or replace function kernel.emit(event text, payload json) returns void
  language plpgsql security definer set search_path = '' as $$
  begin
    if not exists (select from kernel.publisher p where p.event = emit.event and p.role = session_user) then
      raise exception 'This role does not publish this event.' using errcode = 'insufficient_privilege';
    end if;
    perform graphile_worker.add_job(s.task, payload, max_attempts => 20)
      from kernel.subscription s where s.event = emit.event;
  end $$;
grant create on schema kernel to ${WORKER_ROLE};
alter function kernel.emit(text, json) owner to ${WORKER_ROLE};
revoke create on schema kernel from ${WORKER_ROLE};
revoke all on function kernel.emit(text, json) from public;
`;
