/** SVG as text. Whatever comes from a supergraph goes through `text` or an attribute, and is escaped there. */

/** Text that is markup already. Only this file makes it. */
export type Markup = string & { readonly isMarkup: true };

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Characters that XML does not have at all (https://www.w3.org/TR/xml/#charsets) are left out. */
const escaped = (value: string): string =>
  value
    .toWellFormed()
    .replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, '')
    .replace(/[&<>"']/g, (each) => ESCAPES[each] ?? '');

export const text = (value: string): Markup => escaped(value) as Markup;

export function element(name: string, attributes: Record<string, string | number>, ...children: Markup[]): Markup {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  const open = `<${name}${written.join('')}`;
  return (children.length === 0 ? `${open}/>` : `${open}>${children.join('')}</${name}>`) as Markup;
}

/** Cut to a length, by characters. */
export function fitted(value: string, most: number): string {
  const characters = [...value];
  return characters.length <= most ? value : `${characters.slice(0, Math.max(0, most - 1)).join('')}…`;
}
