/** The schema that a contract is: what its clients see, and the only one that exists for them. */
import { assertValidSchema, buildASTSchema, type GraphQLSchema, parse, printSchema } from 'graphql';
import { contractDocument } from './contract-document.ts';
import { contractPlaces } from './contract-places.ts';
import type { Places } from './tags.ts';

/** Throws an error that says all that does not hold. */
export function contractSchema(name: string, schema: GraphQLSchema, tagged: Places): GraphQLSchema {
  const places = contractPlaces(name, schema, tagged);
  const reduced = buildASTSchema(contractDocument(parse(printSchema(schema)), places));
  assertValidSchema(reduced);
  return reduced;
}
