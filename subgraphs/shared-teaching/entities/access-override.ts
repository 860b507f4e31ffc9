import { defineEntity, p } from '@mikro-orm/postgresql';
import type { Access } from '../../kernel/guest-access/matrix.ts';

/** What a home school set for one field. Columns are described in migrations/0003-guests.ts. */
export const AccessOverride = defineEntity({
  name: 'AccessOverride',
  schema: 'shared_teaching',
  tableName: 'access_override',
  properties: {
    homeSchoolUrn: p.text().primary(),
    id: p.uuid().primary(),
    teachingSchoolUrn: p.text(),
    studentId: p.uuid().strictNullable(),
    field: p.text(),
    access: p.text().$type<Access>(),
    setBy: p.uuid(),
    setByName: p.text(),
    setAt: p.datetime(),
    endedBy: p.uuid().strictNullable(),
    endedByName: p.text().strictNullable(),
    endedAt: p.datetime().strictNullable(),
  },
});
