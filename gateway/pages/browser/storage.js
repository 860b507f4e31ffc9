// @ts-check
/**
 * What GraphiQL may leave behind in the browser: how the window is laid out, and texts of operations. Variables, headers
 * and answers stay in memory, and so does a text that holds a string: it may be somebody's name.
 */

const TABS = 'graphiql:tabState';
const QUERY = 'graphiql:query';

/** Layout and colours: short words and numbers. */
const LAYOUT = /^graphiql:(theme|visiblePlugin|\w+Flex)$/;

/**
 * @param {Storage} kept
 * @returns {Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'clear' | 'length'>}
 */
export function createSandboxStorage(kept) {
  /** @type {Map<string, string>} */
  const memory = new Map();
  const tabs = kept.getItem(TABS);
  const remembered = tabs === null ? null : withoutData(tabs);
  if (remembered !== null) {
    memory.set(TABS, remembered.text);
    // the tab that GraphiQL takes for the open one
    memory.set(QUERY, remembered.query);
  }
  return {
    get length() {
      return memory.size;
    },
    getItem: (key) => memory.get(key) ?? (LAYOUT.test(key) ? kept.getItem(key) : null),
    setItem(key, value) {
      memory.set(key, value);
      if (LAYOUT.test(key) && value.length < 40) kept.setItem(key, value);
      if (key === TABS) keepTabs(kept, value);
    },
    removeItem(key) {
      memory.delete(key);
      kept.removeItem(key);
    },
    clear() {
      memory.clear();
      for (const key of Object.keys(kept)) if (key.startsWith('graphiql:')) kept.removeItem(key);
    },
  };
}

/**
 * @param {Storage} kept
 * @param {string} value
 */
function keepTabs(kept, value) {
  const remembered = withoutData(value);
  if (remembered === null) kept.removeItem(TABS);
  else kept.setItem(TABS, remembered.text);
}

/**
 * The tabs with nothing but the texts of their operations; null where nothing is left.
 *
 * @param {string} tabState
 * @returns {{ text: string, query: string } | null}
 */
function withoutData(tabState) {
  /** @type {{ tabs?: { id?: unknown, title?: unknown, query?: unknown, operationName?: unknown }[] }} */
  let state;
  try {
    state = JSON.parse(tabState);
  } catch {
    return null;
  }
  const tabs = (Array.isArray(state?.tabs) ? state.tabs : []).flatMap(({ id, title, query, operationName }) =>
    typeof query === 'string' && query.trim() !== '' && !holdsString(query)
      ? [{ ...EMPTY, id, title, query, operationName: operationName ?? null }]
      : [],
  );
  const last = tabs.at(-1);
  return last ? { text: JSON.stringify({ tabs, activeTabIndex: tabs.length - 1 }), query: last.query } : null;
}

const EMPTY = { hash: null, variables: null, headers: null, response: null };

/** @param {string} query */
const holdsString = (query) => query.replace(/^\s*#.*$/gm, '').includes('"');
