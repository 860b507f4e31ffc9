import { defineEntity, p } from '@mikro-orm/postgresql';
import type { Role } from '../../kernel/caller.ts';

/** Who opened what in an emergency. Columns are described in migrations/0004-emergency-access.ts. */
export const EmergencyAccess = defineEntity({
  name: 'EmergencyAccess',
  schema: 'shared_teaching',
  tableName: 'emergency_access',
  properties: {
    homeSchoolUrn: p.text().primary(),
    id: p.uuid().primary(),
    teachingSchoolUrn: p.text(),
    studentId: p.uuid(),
    guestProfileId: p.uuid(),
    openedBy: p.uuid(),
    openedByName: p.text(),
    openedByRole: p.text().$type<Role>(),
    openedAt: p.datetime(),
    until: p.datetime(),
    reason: p.text(),
  },
});
