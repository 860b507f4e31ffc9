import { defineEntity, p } from '@mikro-orm/postgresql';

export const PinnedItem = defineEntity({
  name: 'PinnedItem',
  schema: 'students',
  tableName: 'pinned_item',
  properties: {
    homeSchoolUrn: p.text().primary(),
    id: p.uuid().primary(),
    studentId: p.uuid(),
    title: p.text(),
    /** A row of the guest matrix. */
    about: p.text(),
    pinnedUntil: p.date().strictNullable(),
    pinnedAt: p.datetime(),
  },
});
