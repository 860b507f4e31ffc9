/** What a client asked for, as its answer is written: every field under its own key, in the operation's order. */

export interface AskedObject {
  /** The name of its type, which is an object type. */
  type: string;
  fields: readonly AskedField[];
}

export interface AskedField {
  /** In the answer, and as it was planned. */
  key: string;
  value: AskedValue;
}

export type AskedValue =
  /** Of the object that the field is in. */
  | { kind: 'type name' }
  | { kind: 'leaf'; isNullable: boolean; leaf: AskedLeaf }
  | { kind: 'list'; isNullable: boolean; item: AskedValue }
  | { kind: 'object'; isNullable: boolean; object: AskedObject };

/** The names of an enum that clients see, or a scalar. One of a schema's own is seen as it came where that is a string. */
export type AskedLeaf = 'string' | 'int' | 'float' | 'boolean' | readonly string[];
