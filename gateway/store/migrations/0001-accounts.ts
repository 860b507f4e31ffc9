import { Migration } from '@mikro-orm/migrations';

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
    this.addSql(`create table gateway.setting (name text primary key, value text not null)`);
  }
}
