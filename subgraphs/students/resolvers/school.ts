import type { SchoolResolvers } from './types.generated.ts';

export const School: SchoolResolvers = {
  __resolveReference: ({ urn }, { loaders }) => loaders.school.load(String(urn)),
};
