/** How the picture looks, in light and dark, and how subgraphs are told apart: by letter and dash as well as by colour. */

/** On white and on near black they read at 4.5 to 1 (https://www.w3.org/TR/WCAG22/#contrast-minimum). */
export const COLOURS = [
  { light: '#1d70b8', dark: '#7db8ea' },
  { light: '#a33f14', dark: '#f0a37e' },
  { light: '#00703c', dark: '#6fcf97' },
  { light: '#6b3fa0', dark: '#c3a6ee' },
  { light: '#7a5c00', dark: '#e3c04d' },
  { light: '#006b75', dark: '#63cdd6' },
  { light: '#a3195b', dark: '#f08bb8' },
  { light: '#505a5f', dark: '#b1b8bc' },
] as const;

const DASHES = ['none', '7 3', '2 3', '9 3 2 3'] as const;

/** What they stand on. */
export const PAPER = { light: '#fff', dark: '#16181a' } as const;

/** A, B, … Z, A2, B2, …, by the subgraph's place in the supergraph. */
export function codeOf(name: string, subgraphs: readonly string[]): string {
  const index = subgraphs.indexOf(name);
  if (index < 0) return '?';
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : `${letter}${Math.floor(index / 26) + 1}`;
}

/** The classes of colour and dash. */
export function marksOf(name: string, subgraphs: readonly string[]): string {
  const index = Math.max(0, subgraphs.indexOf(name));
  return `c${index % COLOURS.length} d${index % DASHES.length}`;
}

const variables = (scheme: 'light' | 'dark') =>
  COLOURS.map((colour, index) => `--c${index}:${colour[scheme]}`).join(';');

export const PICTURE_STYLE = [
  `.graph{--paper:${PAPER.light};--ink:#0b0c0c;--muted:#484949;--line:#b1b4b6;--head:#f3f2f1;--on:${PAPER.light};${variables('light')}}`,
  `@media (prefers-color-scheme:dark){.graph{--paper:${PAPER.dark};--ink:#f3f2f1;--muted:#b1b8bc;--line:#4c5357;--head:#25292c;--on:${PAPER.dark};${variables('dark')}}}`,
  `@media print{.graph{--paper:${PAPER.light};--ink:#0b0c0c;--muted:#484949;--line:#b1b4b6;--head:#f3f2f1;--on:${PAPER.light};${variables('light')}}}`,
  '.graph{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}',
  '.graph text{fill:var(--ink);white-space:pre}',
  '.graph .paper{fill:var(--paper)}',
  '.graph .title{font:bold 20px system-ui,"Segoe UI",Roboto,"Noto Sans",Arial,sans-serif}',
  '.graph .note{fill:var(--muted);font-size:11px}',
  '.graph .body{fill:var(--paper);stroke:var(--line)}',
  '.graph .head{fill:var(--head);stroke:var(--line)}',
  '.graph .interface .body,.graph .union .body{stroke-dasharray:5 3}',
  '.graph .name{font-weight:bold;font-size:13px}',
  '.graph .key{font-weight:bold;text-decoration:underline}',
  '.graph .type{fill:var(--muted);text-anchor:end}',
  '.graph .badge{fill:var(--c)}',
  '.graph .code{fill:var(--on);font-size:10px;font-weight:bold;text-anchor:middle}',
  '.graph .edge{fill:none;stroke:var(--c);stroke-width:1.3;opacity:.5}',
  '.graph .edge:hover{stroke-width:4;opacity:1}',
  ...COLOURS.map((_, index) => `.graph .c${index}{--c:var(--c${index})}`),
  ...DASHES.map((dash, index) => `.graph .d${index}{stroke-dasharray:${dash}}`),
  '.graph .badge,.graph .code{stroke-dasharray:none}',
].join('\n');
