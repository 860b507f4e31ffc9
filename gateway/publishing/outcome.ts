/** What a task has to say, and whether it was done. */
export interface Outcome {
  /** Lines for the standard output. */
  told: readonly string[];
  /** Lines for standard error; where there are any, it was not done. */
  problems: readonly string[];
}
