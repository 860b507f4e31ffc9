import { Migration } from '@mikro-orm/migrations';
import { roleOf } from '../../../subgraphs/kernel/database/roles.ts';

export class GatewayAccounts extends Migration {
  override up(): void {
    this.addSql(`
      create table gateway.account (
        id uuid primary key,
        email text not null unique check (email = lower(email)),
        name text not null,
        role text not null,
        school_urn text,
        created_at timestamptz not null default now()
      )`);
    // Staff are persons, too: whatever else is granted, no other role sees them.
    this.addSql(`alter table gateway.account enable row level security, force row level security`);
    this.addSql(`create policy gateway on gateway.account to ${roleOf('gateway')} using (true)`);
    this.addSql(`create table gateway.setting (name text primary key, value text not null)`);
  }
}
