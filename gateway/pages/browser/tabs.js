// @ts-check
/**
 * GraphiQL marks its list of operations as tabs that hold buttons, which a screen reader reads as one thing and cannot
 * enter (https://dequeuniversity.com/rules/axe/4.11/nested-interactive). The buttons alone say it right.
 */

/** @param {HTMLElement | null} root */
export function followTabs(root) {
  if (!root) return;
  const waiting = new MutationObserver(() => {
    const tabs = root.querySelector('.graphiql-tabs');
    if (!tabs) return;
    waiting.disconnect();
    nameTabs(tabs);
    new MutationObserver(() => nameTabs(tabs)).observe(tabs, {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: ['role', 'aria-selected', 'class'],
    });
  });
  waiting.observe(root, { childList: true, subtree: true });
}

/** @param {Element} tabs */
function nameTabs(tabs) {
  tabs.removeAttribute('role');
  for (const tab of tabs.querySelectorAll('.graphiql-tab')) {
    tab.removeAttribute('role');
    tab.removeAttribute('aria-selected');
    const button = tab.querySelector('.graphiql-tab-button');
    const isOpen = tab.classList.contains('graphiql-tab-active');
    if (button && button.getAttribute('aria-current') !== String(isOpen))
      button.setAttribute('aria-current', String(isOpen));
  }
}
