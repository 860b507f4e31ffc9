export interface Subject {
  name: string;
  /** Microseconds; null where there is no target. */
  most: number | null;
  work: () => unknown;
}
