/**
 * How much one operation may ask for. Each limit is a count of what the client wrote, so that it needs no knowledge of
 * the data; what the counts mean is said at each. Only the cost is of the schema, too.
 */
export interface Limits {
  /** Lexical tokens of the text (GraphQL specification, 2.1.6): punctuation, names and values, not white space. */
  tokens: number;
  /** Levels of fields: `{ a }` is one, `{ a { b } }` two. Fragments add none of their own. */
  depth: number;
  /** Fields that one operation selects, each fragment counted as often as it is spread. */
  fields: number;
  /**
   * Fields, spreads and inline fragments of the whole text, each fragment counted as often as it is spread: the work of
   * looking at it. A text of few fields may take more of that than there is time: its fragments spread each other twice.
   */
  selections: number;
  /** How often one operation renames (`x: f`) fields of one name, wherever they stand; fragments as often as spread. */
  aliases: number;
  /** Directives on anything of one operation, on its variables and fragments, too. */
  directives: number;
  /** Items of one list, in the text or in the variables, at any depth. */
  list: number;
  /** Lists and input objects in each other in one value, in the text or in the variables: `[1]` is one, `{ a: [1] }` two. */
  valueDepth: number;
  /** Levels of fields from `__schema` or `__type` on, which do not count towards `depth`. */
  introspectionDepth: number;
  /** How often one operation asks for `__schema`, and for `__type`. */
  introspection: number;
  /** What the operation may cost at the most to answer, by what the schema says of its fields (`policy/cost`). */
  cost: number;
}

export type LimitName = keyof Limits;

/** What a limit is called outside: the setting's name, and the code of a refusal. */
export const LIMIT_CODES = {
  tokens: 'LIMIT_TOKENS',
  depth: 'LIMIT_DEPTH',
  fields: 'LIMIT_FIELDS',
  selections: 'LIMIT_SELECTIONS',
  aliases: 'LIMIT_ALIASES',
  directives: 'LIMIT_DIRECTIVES',
  list: 'LIMIT_LIST',
  valueDepth: 'LIMIT_VALUE_DEPTH',
  introspectionDepth: 'LIMIT_INTROSPECTION_DEPTH',
  introspection: 'LIMIT_INTROSPECTION',
  cost: 'LIMIT_COST',
} as const satisfies Readonly<Record<LimitName, string>>;

/** What was counted; where it stopped at a limit, that count is one more than the limit, and others may be too low. */
export type Counts = Limits;

export const DEFAULT_LIMITS: Limits = {
  tokens: 1_000,
  depth: 10,
  fields: 300,
  selections: 3_000,
  aliases: 15,
  directives: 8,
  list: 100,
  valueDepth: 10,
  introspectionDepth: 16,
  introspection: 1,
  cost: 12_000,
};

export const NOTHING_COUNTED: Counts = {
  tokens: 0,
  depth: 0,
  fields: 0,
  selections: 0,
  aliases: 0,
  directives: 0,
  list: 0,
  valueDepth: 0,
  introspectionDepth: 0,
  introspection: 0,
  cost: 0,
};
