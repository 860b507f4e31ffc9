/** A supergraph as the planner may have it: with what leads it to wrong answers taken out. */
import { parse, print } from 'graphql';
import { type RequiredArguments, withRequiredArguments } from './required-arguments.ts';
import { type RequiredSets, readRequiredSets } from './required-sets.ts';
import { withResolvableKeysFirst } from './resolvable-keys-first.ts';

interface MendedSupergraph {
  sdl: string;
  required: RequiredArguments;
  /** In the planner's names. */
  requiredSets: RequiredSets;
}

/** Of a supergraph without `for: SECURITY` on links that are enforced above. */
export function mendSupergraph(plannerSdl: string): MendedSupergraph {
  const { document, required } = withRequiredArguments(
    withResolvableKeysFirst(parse(plannerSdl, { noLocation: true })),
  );
  return { sdl: print(document), required, requiredSets: readRequiredSets(document) };
}
