/** What one call has read so far: fields by the object they were read of. */
import { type GraphQLError, Kind } from 'graphql';
import type { RecordedRefusal } from './row.ts';

interface Change {
  /** `Mutation.updateStudent` */
  field: string;
  payload: object;
  args: unknown;
}

export interface CallNotes {
  /** `typeName.fieldName` was read of `parent`. */
  read(typeName: string, coordinate: string, parent: object): void;
  changed(change: Change): void;
  /** UUIDs that a root field was asked for and found nothing by. */
  notFound(coordinate: string, sought: readonly string[]): void;
  /** What an error is about, by its place in the schema. */
  refusedAt(error: unknown, coordinate: string): void;
  placeOf(error: GraphQLError): string | null;
  readings(): Iterable<readonly [typeName: string, parent: object, coordinates: ReadonlySet<string>]>;
  changes(): readonly Change[];
  notFounds(): readonly RecordedRefusal[];
}

export function createCallNotes(): CallNotes {
  const types = new Map<string, Map<object, Set<string>>>();
  const changes: Change[] = [];
  const notFounds: RecordedRefusal[] = [];
  const places = new WeakMap<object, string>();
  return {
    read(typeName, coordinate, parent) {
      const parents = types.get(typeName) ?? new Map<object, Set<string>>();
      types.set(typeName, parents);
      const fields = parents.get(parent);
      if (fields) fields.add(coordinate);
      else parents.set(parent, new Set([coordinate]));
    },
    changed: (change) => void changes.push(change),
    refusedAt(error, coordinate) {
      if (error !== null && typeof error === 'object') places.set(error, coordinate);
    },
    notFound(field, sought) {
      notFounds.push({ code: 'NOT_FOUND', field, rows: [], profiles: [], sought });
    },
    // a reference that is refused stands at no field of its type, but at the root field that took it
    placeOf({ originalError, nodes: [node] = [] }) {
      const known = originalError ? places.get(originalError) : undefined;
      return known ?? (node?.kind === Kind.FIELD ? node.name.value : null);
    },
    *readings() {
      for (const [typeName, parents] of types)
        for (const [parent, coordinates] of parents) yield [typeName, parent, coordinates] as const;
    },
    changes: () => changes,
    notFounds: () => notFounds,
  };
}
