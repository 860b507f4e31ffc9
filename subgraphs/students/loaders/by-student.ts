/** A loader keyed by student. The home school is part of the key, as it leads every table of persons. */
import DataLoader from 'dataloader';

export interface StudentKey {
  homeSchoolUrn: string;
  /** UUID. */
  id: string;
}

export type StudentLoader<Value> = DataLoader<StudentKey, Value, string>;

export const studentLoader = <Value>(load: (keys: readonly StudentKey[]) => Promise<Value[]>): StudentLoader<Value> =>
  new DataLoader<StudentKey, Value, string>(load, { cacheKeyFn: ({ homeSchoolUrn, id }) => `${homeSchoolUrn} ${id}` });

/** For `home_school_urn = any(homes) and student_id = any(ids)`: a student's id is unique, so no pair is mixed up. */
export const idsOf = (keys: readonly StudentKey[]): { homes: string[]; ids: string[] } => ({
  homes: [...new Set(keys.map(({ homeSchoolUrn }) => homeSchoolUrn))],
  ids: keys.map(({ id }) => id),
});
