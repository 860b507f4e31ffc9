/** In the order in which they run. A class that has run is never changed. */
import { Schools0001 } from './0001-schools.ts';
import { Students0002 } from './0002-students.ts';
import { StudentLists0003 } from './0003-student-lists.ts';
import { StudentRecords0004 } from './0004-student-records.ts';

export const migrations = [Schools0001, Students0002, StudentLists0003, StudentRecords0004];
