/** An operation as a file has it, before anything of it is checked. */
import type { DocumentNode } from 'graphql';

export interface StatedOperation {
  path: string;
  /** What it is called in its file, for the sentences about it. */
  label: string;
  id: unknown;
  text: unknown;
  /** Of the text, with places in the file; left out where the text itself stands there. */
  document?: DocumentNode;
  /** Undefined where the file does not say it beside the text. */
  name?: unknown;
  type?: unknown;
}

/** `about`: which operation of the file; null for the file. */
export type TellProblem = (path: string, about: string | null, expected: string) => void;
