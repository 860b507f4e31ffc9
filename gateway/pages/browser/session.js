// @ts-check
/** Who is signed in. The token is in this closure and nowhere else: it is gone when the page is. */

/**
 * @typedef {{ name: string, role: string, school: { name: string } | null }} Viewer
 */

/** @returns {{ authorization: () => Record<string, string>, as: () => string | null, start: (token: string, email: string | null) => void, end: () => void }} */
export function createSession() {
  /** @type {{ token: string, email: string | null } | null} */
  let current = null;
  return {
    authorization: () => (current === null ? {} : { authorization: `Bearer ${current.token}` }),
    as: () => current?.email ?? null,
    start(token, email) {
      current = { token, email };
    },
    end() {
      current = null;
    },
  };
}

/** @param {string} email @returns {Promise<string>} */
export async function askForToken(email) {
  const response = await fetch('/sandbox/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email }),
    credentials: 'omit',
  });
  const { token } = await response.json();
  if (!response.ok || typeof token !== 'string')
    throw new Error('The graph gave no token: is it still the demo that this page was opened on?');
  return token;
}

/** @param {Viewer} viewer */
export const nameOfViewer = ({ name, role, school }) =>
  [name, role.toLowerCase().replaceAll('_', ' '), school?.name].filter(Boolean).join(', ');
