import { encodeId } from '../../kernel/ids.ts';
import type { ViewerResolvers } from './types.generated.ts';

export const Viewer: ViewerResolvers = {
  id: ({ subject }) => encodeId('Staff', subject),
  school: ({ school }, _, { loaders }) => (school === null ? null : loaders.school.load(school)),
};
