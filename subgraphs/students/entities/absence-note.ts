import { defineEntity, p } from '@mikro-orm/postgresql';

/** Stamped with its writer; never changed. */
export const AbsenceNote = defineEntity({
  name: 'AbsenceNote',
  schema: 'students',
  tableName: 'absence_note',
  properties: {
    homeSchoolUrn: p.text().primary(),
    id: p.uuid().primary(),
    studentId: p.uuid(),
    date: p.date(),
    text: p.text(),
    writtenAt: p.datetime(),
    writtenBySchool: p.text(),
    writtenByName: p.text(),
    writtenBySubject: p.text(),
  },
});
