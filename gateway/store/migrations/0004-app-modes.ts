import { Migration } from '@mikro-orm/migrations';

export class GatewayAppModes extends Migration {
  override up(): void {
    // An app grant names operations of a list: a text could have whatever name its sender likes.
    this.addSql(`
      update gateway.client set mode = 'safelist' where secret_hash is not null and mode in ('open', 'log-unknown')`);
    this.addSql(`
      alter table gateway.client add constraint client_app_mode
        check (secret_hash is null or mode in ('safelist', 'require-id'))`);
  }
}
