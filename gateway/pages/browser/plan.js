// @ts-check
/** What an operation costs and how it is planned: asked for while the panel is open, and shown there, not in the answer. */

/**
 * @typedef {import('./graph.js').Operation} Operation
 * @typedef {{ headers?: Record<string, string> }} Options
 * @typedef {(operation: Operation, options?: Options) => Promise<any>} Fetcher
 */

/** GraphiQL's own, for its documentation and completion. */
const OF_THE_EDITOR = 'IntrospectionQuery';

/**
 * @param {HTMLElement | null} panel
 * @param {Fetcher} fetcher
 * @returns {Fetcher}
 */
export function withPlans(panel, fetcher) {
  const [cost, plan, only] = ['#cost', '#plan', '#plan-only'].map((part) => panel?.querySelector(part));
  if (!(panel instanceof HTMLDetailsElement && cost && plan && only instanceof HTMLInputElement)) return fetcher;
  return async (operation, options = {}) => {
    if (!panel.open || operation.operationName === OF_THE_EDITOR) return fetcher(operation, options);
    const asked = { 'apollo-expose-query-plan': only.checked ? 'dry-run' : 'true' };
    const answer = await fetcher(operation, { ...options, headers: { ...options.headers, ...asked } });
    const { cost: units, queryPlan, ...extensions } = answer.extensions ?? {};
    cost.textContent = units === undefined ? 'Nothing was planned.' : `Cost: ${units}`;
    plan.textContent = queryPlan ?? (units === undefined ? '' : 'No subgraph is asked.');
    return Object.keys(extensions).length > 0 ? { ...answer, extensions } : withoutExtensions(answer);
  };
}

/** @param {Record<string, unknown>} answer */
const withoutExtensions = ({ extensions: _, ...answer }) => answer;
