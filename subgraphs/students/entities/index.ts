import { AbsenceNote } from './absence-note.ts';
import { AccessArrangementEvidence } from './access-arrangement-evidence.ts';
import { PinnedItem } from './pinned-item.ts';
import { School } from './school.ts';
import { Student } from './student.ts';

export const entities = [School, Student, AbsenceNote, AccessArrangementEvidence, PinnedItem];
