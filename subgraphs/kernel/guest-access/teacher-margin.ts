/** A teacher prepares before the first lesson and reports after the last: how many days each. For the policies of tables. */
export const TEACHER_MARGIN_DAYS = 14;
