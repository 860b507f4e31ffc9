import { createCompiledEngine } from '../engine/compiled/engine.ts';
import { createStartPlanner } from '../engine/planner/plan-in-thread.ts';
import type { CreateEngine } from '../graph.ts';

/** The engine of a process that serves: it plans in a thread of its own. */
export const createEngine: CreateEngine = (plannerSdl, callSubgraph) =>
  createCompiledEngine(plannerSdl, callSubgraph, createStartPlanner());
