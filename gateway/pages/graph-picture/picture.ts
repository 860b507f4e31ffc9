/** A picture of a graph: its types, which subgraph owns what, entity keys, and what leads where. Pure. */
import { createHash } from 'node:crypto';
import { cardsOf, type Edge } from './cards.ts';
import { CARD_WIDTH, HEAD_HEIGHT, headOf, KEY_HEIGHT, type Layout, layOut, type Placed, ROW_HEIGHT } from './layout.ts';
import type { OwnedField, OwnedType, Ownership } from './ownership.ts';
import { codeOf, marksOf, PICTURE_STYLE } from './picture-style.ts';
import { element, fitted, type Markup, text } from './svg.ts';

const MARGIN = 24;
/** Of a card's row, in the picture's monospaced type. */
const CHARACTERS = 42;
const LONGEST_NAME = 28;
const LEGEND = { top: 36, perRow: 4, rowHeight: 24 } as const;
const CHIP = { width: 300, height: 22, gap: 10 } as const;

/** For the policy of a page that holds the picture: `sha256-…`. */
export const PICTURE_STYLE_HASH = `sha256-${createHash('sha256').update(PICTURE_STYLE).digest('base64')}`;

export function drawGraph(ownership: Ownership): string {
  const drawn = cardsOf(ownership);
  const layout = layOut(drawn, { x: MARGIN, y: legendBottom(ownership) + MARGIN });
  const chips = drawChips(drawn.chips, ownership, layout);
  const width = Math.max(layout.width, 4 * CARD_WIDTH) + MARGIN;
  const height = chips.bottom + MARGIN;
  const markup = element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 'graph',
      role: 'img',
      'aria-labelledby': 'graph-title graph-desc',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
    },
    element('title', { id: 'graph-title' }, text('The graph: its types, and which subgraph owns what')),
    element('desc', { id: 'graph-desc' }, text(describe(ownership))),
    element('style', {}, PICTURE_STYLE as Markup),
    element('rect', { class: 'paper', width, height }),
    drawLegend(ownership),
    ...drawn.edges.map((edge) => drawEdge(edge, ownership, layout)),
    ...[...layout.placed.values()].map((place) => drawCard(place, ownership)),
    chips.markup,
  );
  return `${markup}\n`;
}

const legendBottom = ({ subgraphs }: Ownership): number =>
  LEGEND.top + Math.ceil(subgraphs.length / LEGEND.perRow) * LEGEND.rowHeight + 16;

function describe({ subgraphs, types }: Ownership): string {
  const entities = types.filter(({ keys }) => keys.length > 0).map(({ name }) => name);
  return [
    `${types.length} types in ${subgraphs.length} subgraphs: ${subgraphs.join(', ')}.`,
    entities.length > 0 ? `Entities, which subgraphs share by a key: ${entities.join(', ')}.` : 'No entities.',
    'Each line leads from a field to the type that it answers with.',
  ].join(' ');
}

function drawLegend({ subgraphs, types }: Ownership): Markup {
  const owned = (name: string) => types.filter(({ owners }) => owners.includes(name)).length;
  const items = subgraphs.map((name, index) => {
    const x = MARGIN + (index % LEGEND.perRow) * CARD_WIDTH;
    const y = LEGEND.top + 20 + Math.floor(index / LEGEND.perRow) * LEGEND.rowHeight;
    return element(
      'g',
      {},
      badge(x, y, name, subgraphs),
      element('path', { class: `edge ${marksOf(name, subgraphs)}`, d: `M${x + 28} ${y + 7}h36` }),
      element('text', { x: x + 72, y: y + 11 }, text(fitted(`${name}: ${owned(name)} types`, 28))),
    );
  });
  const says = 'Underlined: part of an entity’s key. A letter on a field: the subgraph that serves it.';
  return element(
    'g',
    {},
    element('text', { class: 'title', x: MARGIN, y: LEGEND.top }, text('Who owns what')),
    element('text', { class: 'note', x: MARGIN + 190, y: LEGEND.top }, text(says)),
    ...items,
  );
}

const badge = (x: number, y: number, name: string, subgraphs: readonly string[]): Markup =>
  element(
    'g',
    { class: marksOf(name, subgraphs) },
    element('rect', { class: 'badge', x, y, width: 20, height: 14, rx: 3 }),
    element('text', { class: 'code', x: x + 10, y: y + 11 }, text(codeOf(name, subgraphs))),
  );

const badges = (right: number, y: number, owners: readonly string[], subgraphs: readonly string[]): Markup =>
  element('g', {}, ...owners.map((name, index) => badge(right - 22 * (owners.length - index), y, name, subgraphs)));

function drawCard({ card, x, y, height }: Placed, { subgraphs }: Ownership): Markup {
  const { type, rows, more } = card;
  const head = headOf(card);
  const shown = type.owners.slice(0, 4);
  const restAt = y + head + rows.length * ROW_HEIGHT + 13;
  return element(
    'g',
    { class: `card ${type.kind}` },
    element('rect', { class: 'body', x, y, width: CARD_WIDTH, height, rx: 5 }),
    element('rect', { class: 'head', x, y, width: CARD_WIDTH, height: head, rx: 5 }),
    element('text', { class: 'name', x: x + 10, y: y + 19 }, text(fitted(nameOf(type), 30))),
    badges(x + CARD_WIDTH - 8, y + 7, shown, subgraphs),
    ...type.keys.map(({ fields, owners }, index) =>
      element(
        'text',
        { class: 'note', x: x + 10, y: y + HEAD_HEIGHT + index * KEY_HEIGHT + 8 },
        text(fitted(`key ${fields} · ${owners.map((each) => codeOf(each, subgraphs)).join(' ')}`, 44)),
      ),
    ),
    ...rows.map((field, index) => drawRow(field, { x, y: y + head + index * ROW_HEIGHT }, type, subgraphs)),
    ...(more > 0 ? [element('text', { class: 'note', x: x + 10, y: restAt }, text(`and ${more} more`))] : []),
  );
}

const KIND_NAMES: Partial<Record<OwnedType['kind'], string>> = { interface: 'interface', union: 'union' };

const nameOf = ({ kind, name }: OwnedType): string => [KIND_NAMES[kind], name].filter(Boolean).join(' ');

function drawRow(
  { name, type: written, owners, isKey }: OwnedField,
  { x, y }: { x: number; y: number },
  { owners: all, kind }: OwnedType,
  subgraphs: readonly string[],
): Markup {
  const shown = all.length > 1 && kind !== 'union' ? owners.slice(0, 3) : [];
  const right = x + CARD_WIDTH - 10 - 22 * shown.length;
  const room = CHARACTERS - 3 * shown.length - Math.min(name.length, LONGEST_NAME);
  return element(
    'g',
    {},
    element('text', { class: isKey ? 'key' : 'field', x: x + 10, y: y + 13 }, text(fitted(name, LONGEST_NAME))),
    ...(kind === 'union' || room < 3
      ? []
      : [element('text', { class: 'type', x: right, y: y + 13 }, text(fitted(written, room)))]),
    badges(x + CARD_WIDTH - 8, y + 2, shown, subgraphs),
  );
}

function drawEdge({ from, row, to }: Edge, { subgraphs }: Ownership, { placed }: Layout): Markup {
  const [start, end] = [placed.get(from), placed.get(to)];
  const field = from.rows[row];
  if (!start || !end || !field) return element('g', {});
  const y1 = start.y + headOf(from) + row * ROW_HEIGHT + ROW_HEIGHT / 2;
  const y2 = end.y + HEAD_HEIGHT / 2;
  const isForward = end.x > start.x;
  const x1 = start.x + CARD_WIDTH;
  const x2 = isForward ? end.x : end.x + CARD_WIDTH;
  const bend = isForward ? Math.min(160, (x2 - x1) / 2) : 36;
  const curve = isForward ? `${x1 + bend} ${y1} ${x2 - bend} ${y2}` : `${x1 + bend} ${y1} ${x2 + bend} ${y2}`;
  const owner = field.owners[0] ?? from.type.owners[0] ?? '';
  return element(
    'path',
    { class: `edge ${marksOf(owner, subgraphs)}`, d: `M${x1} ${y1}C${curve} ${x2} ${y2}` },
    element('title', {}, text(`${from.type.name}.${field.name} → ${to.type.name}`)),
  );
}

const CHIP_KINDS = [
  ['input', 'Inputs'],
  ['enum', 'Enums'],
  ['scalar', 'Scalars'],
] as const;

function drawChips(chips: readonly OwnedType[], { subgraphs }: Ownership, layout: Layout) {
  const columns = Math.max(4, Math.floor((layout.width - MARGIN) / (CHIP.width + CHIP.gap)));
  let y = layout.height + 48;
  const groups = CHIP_KINDS.map(([kind, heading]) => {
    const all = chips.filter((type) => type.kind === kind);
    if (all.length === 0) return element('g', {});
    const top = y + 14;
    y = top + Math.ceil(all.length / columns) * (CHIP.height + 6) + 30;
    return element(
      'g',
      {},
      element('text', { class: 'title', x: MARGIN, y: top - 14 }, text(`${heading} (${all.length})`)),
      ...all.map((type, index) => {
        const x = MARGIN + (index % columns) * (CHIP.width + CHIP.gap);
        return drawChip(type, x, top + Math.floor(index / columns) * (CHIP.height + 6), subgraphs);
      }),
    );
  });
  return { markup: element('g', {}, ...groups), bottom: y };
}

const drawChip = (type: OwnedType, x: number, y: number, subgraphs: readonly string[]): Markup =>
  element(
    'g',
    { class: 'card' },
    element('rect', { class: 'body', x, y, width: CHIP.width, height: CHIP.height, rx: 5 }),
    element('text', { class: 'field', x: x + 10, y: y + 15 }, text(fitted(type.name, 32))),
    badges(x + CHIP.width - 6, y + 4, type.owners.slice(0, 4), subgraphs),
  );
