import type { StartPlanner } from './planner.ts';

/** In the thread that asks: for tests and tools, where nothing else waits for it. */
export const planHere: StartPlanner = async (mendedSdl) => {
  const { createApolloPlanner } = await import('./apollo-planner.ts');
  const { apiSdl, plan } = createApolloPlanner(mendedSdl);
  return { apiSdl, plan: async (operation) => plan(operation), async close() {} };
};
