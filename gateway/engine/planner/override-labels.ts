/**
 * Which of two subgraphs a field is asked of while it moves from one to the other (`@override(from:, label:)`,
 * https://www.apollographql.com/docs/graphos/schema-design/guides/migrate-fields). `percent(5)`: of the new one in so many
 * operations of a hundred, always the same ones, in every gateway. Any other label needs somebody who sets it: nobody does.
 */
import { createHash } from 'node:crypto';
import type { DocumentNode } from 'graphql';
import { isComposite, literalOf } from './composite-types.ts';

/** For each label whether an operation, as it is planned, asks the new subgraph. */
type OverridesFor = (operation: string) => Map<string, boolean>;

const PERCENT = /^percent\((\d{1,3}(?:\.\d{1,8})?)\)$/;

export function createOverrides(supergraph: DocumentNode): OverridesFor {
  const shares = new Map<string, number>();
  for (const { fields = [] } of supergraph.definitions.filter(isComposite))
    for (const { directives = [] } of fields)
      for (const directive of directives) {
        const label = directive.name.value === 'join__field' ? literalOf(directive, 'overrideLabel') : undefined;
        if (typeof label === 'string') shares.set(label, Number(PERCENT.exec(label)?.[1] ?? 0));
      }
  return (operation) => new Map([...shares].map(([label, share]) => [label, placeOf(operation) < share]));
}

/** From 0 to below 100. */
const placeOf = (operation: string): number =>
  (createHash('sha256').update(operation).digest().readUInt32BE(0) / 2 ** 32) * 100;
