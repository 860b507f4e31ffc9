/** A field of a thing, with the faults of a run. */
import { GraphQLError } from 'graphql';
import { type Fault, fieldFaultOf } from './faults.ts';
import type { Source } from './world.ts';

/** `typeNames`: those that a fault may name, the type's own and its interfaces'. */
export function failing<Value>(
  { faults }: { faults: readonly Fault[] },
  typeNames: readonly string[],
  field: string,
  source: Source,
  resolve: () => Value,
): Value | null {
  const fault = fieldFaultOf(faults, typeNames, field, identityOf(source));
  if (!fault) return resolve();
  if (fault.kind === 'null') return null;
  const { code } = fault;
  throw new GraphQLError('Broken.', code === undefined ? {} : { extensions: { code } });
}

/** The same for a thing whole and shared out: of what names it the first, since a subgraph may not have the others. */
const identityOf = ({ id, sku, name }: Source): string => JSON.stringify(id ?? sku ?? name ?? null);
