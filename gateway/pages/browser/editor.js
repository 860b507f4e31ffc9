// Before GraphiQL's own script: where its editor finds its workers, and the nonce for the style elements that it makes.
(() => {
  const settings = JSON.parse(document.getElementById('settings')?.textContent ?? '{}');
  const environment = {
    // examples are put into the editor's models
    globalAPI: true,
    getWorkerUrl: (/** @type {string} */ _module, /** @type {string} */ label) => settings.workers[label],
  };
  Reflect.set(globalThis, 'MonacoEnvironment', environment);
  const create = document.createElement;
  /** @type {(this: Document, name: string, options?: ElementCreationOptions) => HTMLElement} */
  const createWithNonce = function (name, options) {
    const element = create.call(this, name, options);
    if (element instanceof HTMLStyleElement) element.nonce = settings.nonce;
    return element;
  };
  document.createElement = /** @type {typeof document.createElement} */ (createWithNonce);
})();
