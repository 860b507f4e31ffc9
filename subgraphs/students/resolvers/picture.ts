import { encodeId } from '../../kernel/ids.ts';
import { pictureFile } from '../services/picture-file.ts';
import { pictureLink } from '../services/picture-link.ts';
import type { PictureLinkResolvers, PictureResolvers } from './types.generated.ts';

export const Picture: PictureResolvers = {
  url: ({ student, profile }, _args, call) => pictureLink(call, { student: student.id, profile }),
  file: ({ student }, _args, call) => pictureFile(call, student),
};

export const PictureLink: PictureLinkResolvers = {
  studentId: ({ student, profile }) => (profile === null ? encodeId('Student', student) : null),
  guestProfileId: ({ profile }) => (profile === null ? null : encodeId('GuestProfile', profile)),
  subject: ({ caller }) => caller.subject,
  kind: ({ caller }) => caller.kind,
  role: ({ caller }) => caller.role,
  school: ({ caller }) => caller.school,
};
