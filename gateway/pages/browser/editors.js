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

/** @typedef {{ base: string, colors: Record<string, string>, rules: { token: string, foreground: string }[] }} Theme */

/** Lighter than the dark theme's own, which are too dark to be read (WCAG 2.2, 1.4.3). */
const ON_DARK = {
  rules: [{ token: 'comment', foreground: '#8fc27a' }],
  colors: { 'editorLineNumber.foreground': '#a3adbd' },
};

/** Before GraphiQL makes its editors. */
export function prepareEditors() {
  const { editor } = /** @type {any} */ (globalThis).monaco;
  // typographic quotes, which our messages have, are not letters to be warned of
  editor.onDidCreateEditor((/** @type {{ updateOptions(options: object): void }} */ created) =>
    created.updateOptions({ unicodeHighlight: { ambiguousCharacters: false } }),
  );
  const define = editor.defineTheme;
  editor.defineTheme = (/** @type {string} */ name, /** @type {Theme} */ theme) => {
    const { rules, colors } = theme.base === 'vs-dark' ? ON_DARK : { rules: [], colors: {} };
    define(name, { ...theme, rules: [...theme.rules, ...rules], colors: { ...theme.colors, ...colors } });
  };
}
