import { defineEntity, p } from '@mikro-orm/postgresql';
import type { SchoolStatus } from '../domain/school.ts';

/** A school of DfE's register, or a site of this graph. Columns are described in migrations/0001-schools.ts. */
export const School = defineEntity({
  name: 'School',
  schema: 'students',
  tableName: 'school',
  properties: {
    urn: p.text().primary(),
    name: p.text(),
    localAuthorityCode: p.text().strictNullable(),
    localAuthority: p.text().strictNullable(),
    establishmentNumber: p.text().strictNullable(),
    dfeNumber: p.text().strictNullable(),
    status: p.text().$type<SchoolStatus>(),
    phase: p.text().strictNullable(),
    establishmentType: p.text().strictNullable(),
    openedOn: p.date().strictNullable(),
    closedOn: p.date().strictNullable(),
    addressLines: p.array(),
    postcode: p.text().strictNullable(),
    telephone: p.text().strictNullable(),
    website: p.text().strictNullable(),
    isSite: p.boolean(),
    version: p.integer().version(),
  },
});
