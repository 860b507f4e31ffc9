import { Migration } from '@mikro-orm/migrations';
import { roleOf } from '../../../subgraphs/kernel/database/roles.ts';

const ROLE = roleOf('gateway');

export class GatewayPersistedOperations extends Migration {
  override up(): void {
    this.addSql(`
      create table gateway.persisted_operation (
        client text not null references gateway.client (name),
        id text not null check (id ~ '^[A-Za-z0-9_.:+/=~-]{1,100}$'),
        name text not null,
        text text not null check (length(text) between 1 and 100000),
        -- SHA-256 of the text in one spelling
        hash text not null check (hash ~ '^[0-9a-f]{64}$'),
        published_at timestamptz not null default now(),
        primary key (client, id)
      )`);
    this.addSql(`
      create table gateway.persisted_list (
        client text not null references gateway.client (name),
        version text not null check (version ~ '^[A-Za-z0-9_.+-]{1,64}$'),
        published_at timestamptz not null default now(),
        retired_at timestamptz,
        primary key (client, version)
      )`);
    this.addSql(`
      create table gateway.persisted_list_entry (
        client text not null,
        version text not null,
        operation_id text not null,
        -- within an hour, which is enough to see whether anybody still asks for it
        last_used_at timestamptz,
        primary key (client, version, operation_id),
        foreign key (client, version) references gateway.persisted_list (client, version),
        foreign key (client, operation_id) references gateway.persisted_operation (client, id)
      )`);
    // Who administers the graph publishes; a gateway reads, and marks what was used.
    this.addSql(`revoke insert, update, delete on
      gateway.persisted_operation, gateway.persisted_list, gateway.persisted_list_entry from ${ROLE}`);
    this.addSql(`grant update (last_used_at) on gateway.persisted_list_entry to ${ROLE}`);

    // An id that was published never means another text, whoever asks for it.
    this.addSql(`
      create function gateway.keep_operation() returns trigger language plpgsql set search_path = '' as $$
        begin
          raise exception 'What was published under an id stays as it is.';
        end $$`);
    this.addSql(`create trigger keep_operation before update or delete or truncate on gateway.persisted_operation
      for each statement execute function gateway.keep_operation()`);

    for (const table of ['persisted_operation', 'persisted_list'])
      this.addSql(`create trigger tell_change after insert or update or delete or truncate on gateway.${table}
        for each statement execute function gateway.tell_change()`);
    // marks of use are no change
    this.addSql(`create trigger tell_change
      after insert or update of client, version, operation_id or delete or truncate on gateway.persisted_list_entry
      for each statement execute function gateway.tell_change()`);
  }
}
