// @ts-check
/** Puts an operation into GraphiQL's editors: a tab of its own, as typing would, so that it can be undone. */

/** @typedef {{ uri: { path: string }, getValue(): string, getFullModelRange(): object, pushEditOperations(before: null, edits: object[], after: () => null): void }} Model */

/** @returns {Model[]} */
const models = () => /** @type {any} */ (globalThis).monaco?.editor.getModels() ?? [];

/** @param {string} end */
const modelNamed = (end) => models().find(({ uri }) => uri.path.endsWith(end));

/** @param {Model | undefined} model @param {string} text */
function write(model, text) {
  if (!model) throw new Error('The editor is not ready yet.');
  model.pushEditOperations(null, [{ range: model.getFullModelRange(), text }], () => null);
}

/** @param {string} welcome the text of an untouched editor @param {string} query @param {unknown} variables */
export async function openOperation(welcome, query, variables) {
  const text = modelNamed('operation.graphql')?.getValue().trim() ?? '';
  if (text !== '' && text !== welcome.trim()) {
    /** @type {HTMLElement | null} */ (document.querySelector('.graphiql-tab-add'))?.click();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  write(modelNamed('operation.graphql'), query);
  write(modelNamed('variables.json'), JSON.stringify(variables, null, 2));
}

/** Typographic quotes, which our messages have, are not letters to be warned of. */
export function allowQuotes() {
  /** @param {{ updateOptions(options: object): void }} editor */
  const allow = (editor) => editor.updateOptions({ unicodeHighlight: { ambiguousCharacters: false } });
  /** @type {any} */ (globalThis).monaco?.editor.onDidCreateEditor(allow);
}
