// @ts-check
/** What the signed-in client has published: opened as texts, and run by their ids, as the client itself does. */

/**
 * @typedef {import('./plan.js').Fetcher} Fetcher
 * @typedef {{ id: string, name: string, version: string, text: string, variables: Record<string, unknown> }} Listed
 */

/**
 * @param {HTMLElement | null} form hidden while there are none
 * @param {() => Record<string, string>} authorization
 */
export function createListed(form, authorization) {
  const select = form?.querySelector('select');
  /** @type {Listed[]} */
  let listed = [];
  return {
    /** Asks anew, for whoever is signed in now. */
    async refresh() {
      if (!form || !select) return;
      const response = await fetch('/sandbox/operations', {
        headers: authorization(),
        credentials: 'omit',
        cache: 'no-store',
      });
      listed = response.ok ? (await response.json()).operations : [];
      select.replaceChildren(...listed.map(({ name, version }, at) => new Option(`${name} (${version})`, String(at))));
      form.hidden = listed.length === 0;
    },
    chosen: () => listed[Number(select?.value)],
    /** @param {Fetcher} fetcher @returns {Fetcher} what stands in the editor as it was published goes by its id */
    byId(fetcher) {
      return (operation, options) => {
        const { query, ...rest } = operation;
        const same = listed.find(({ text }) => text.trim() === query?.trim());
        // the editor learns the name of what was just opened a moment later, and has that of the one before until then
        return fetcher(same ? { ...rest, documentId: same.id, operationName: same.name } : operation, options);
      };
    },
  };
}
