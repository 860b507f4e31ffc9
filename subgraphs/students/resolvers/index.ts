import { scalarResolvers } from '../../kernel/graphql/scalars.ts';
import { YearGroup } from '../../kernel/graphql/year-group.ts';
import { AbsenceNote } from './absence-note.ts';
import { AccessArrangement, AccessArrangementEvidence } from './access-arrangement.ts';
import { EmergencyAccess } from './emergency-access.ts';
import { EmergencyContact } from './emergency-contact.ts';
import { GuestProfile } from './guest-profile.ts';
import { Mutation } from './mutation.ts';
import { Picture, PictureLink } from './picture.ts';
import { PinnedItem } from './pinned-item.ts';
import { Query } from './query.ts';
import { School } from './school.ts';
import { StaffMember } from './staff-member.ts';
import { Student } from './student.ts';
import type { Resolvers } from './types.generated.ts';
import { Viewer } from './viewer.ts';

export const resolvers: Resolvers = {
  ...scalarResolvers,
  YearGroup,
  Query,
  Mutation,
  Viewer,
  School,
  Student,
  GuestProfile,
  EmergencyAccess,
  EmergencyContact,
  AbsenceNote,
  AccessArrangement,
  AccessArrangementEvidence,
  Picture,
  PictureLink,
  PinnedItem,
  StaffMember,
};
