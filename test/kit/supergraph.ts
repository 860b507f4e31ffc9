import { apiSdlOf } from '../../gateway/engine/planner/apollo-planner.ts';
import { readSupergraph, type Supergraph, withApiSchema } from '../../gateway/supergraph/supergraph.ts';

/** A supergraph with what clients see of it, without an engine. */
export function openSupergraph(sdl: string): Supergraph {
  const file = readSupergraph(sdl);
  return withApiSchema(file, apiSdlOf(file.plannerSdl));
}
