import { findSchoolByDfeNumber, findSchools } from '../services/find-schools.ts';
import { findStudent, findStudents } from '../services/find-students.ts';
import { openPictureLink } from '../services/picture-link.ts';
import type { QueryResolvers } from './types.generated.ts';

export const Query: QueryResolvers = {
  viewer: (_, __, { caller }) => caller,
  school: (_, { urn }, { loaders }) => loaders.school.load(urn),
  schoolByDfeNumber: (_, { dfeNumber }, call) => findSchoolByDfeNumber(call, dfeNumber),
  schools: (_, args, call) => findSchools(call, args),
  student: (_, { id }, call) => findStudent(call, id),
  students: (_, args, call) => findStudents(call, args),
  pictureLink: (_, { token }, { links }) => openPictureLink(links, token),
};
