import { defineEntity, p } from '@mikro-orm/postgresql';

/** What holds for this database as a whole, by name. */
export const Setting = defineEntity({
  name: 'Setting',
  schema: 'gateway',
  tableName: 'setting',
  properties: { name: p.text().primary(), value: p.text() },
});
