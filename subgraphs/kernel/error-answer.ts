/** The body of an answer that is one error and no data; `more` stands beside the code. */
export const errorAnswer = (code: string, message: string, more: Readonly<Record<string, unknown>> = {}) => ({
  errors: [{ message, extensions: { code, ...more } }],
});
