/**
 * Where each card stands: columns from left to right by how far a type is from the operations' roots, each column's
 * cards near those that lead to them. The same for the same graph.
 */
import type { Card, Drawn, Edge } from './cards.ts';

export interface Placed {
  card: Card;
  x: number;
  y: number;
  height: number;
}

export interface Layout {
  placed: ReadonlyMap<Card, Placed>;
  /** Right and lower edge of the cards. */
  width: number;
  height: number;
}

export const CARD_WIDTH = 340;
export const ROW_HEIGHT = 18;
export const HEAD_HEIGHT = 28;
export const KEY_HEIGHT = 16;
const FOOT = 8;
const GAP = 22;
/** Between two columns of one distance, and between two distances, where most edges run. */
const COLUMN_GAP = 36;
const LAYER_GAP = 96;
const ASPECT = 1.5;

export const headOf = ({ type }: Card): number => HEAD_HEIGHT + type.keys.length * KEY_HEIGHT;

const heightOf = (card: Card): number =>
  headOf(card) + (card.rows.length + (card.more > 0 ? 1 : 0)) * ROW_HEIGHT + FOOT;

/** `origin`: the upper left corner of the first card. */
export function layOut({ cards, edges }: Pick<Drawn, 'cards' | 'edges'>, origin: { x: number; y: number }): Layout {
  const layers = layersOf(cards, edges);
  const longest = columnHeight(cards);
  const placed = new Map<Card, Placed>();
  let { x } = origin;
  let height = origin.y;
  for (const layer of layers) {
    let y = origin.y;
    let isFirst = true;
    for (const card of ordered(layer, edges, placed)) {
      const tall = heightOf(card);
      if (!isFirst && y + tall > origin.y + longest) {
        x += CARD_WIDTH + COLUMN_GAP;
        y = origin.y;
      }
      placed.set(card, { card, x, y, height: tall });
      y += tall + GAP;
      height = Math.max(height, y - GAP);
      isFirst = false;
    }
    x += CARD_WIDTH + LAYER_GAP;
  }
  return { placed, width: layers.length === 0 ? origin.x : x - LAYER_GAP, height };
}

/** As long as makes the whole about as wide as a screen is; never shorter than the longest card. */
function columnHeight(cards: readonly Card[]): number {
  const heights = cards.map(heightOf);
  const area = heights.reduce((sum, each) => sum + each + GAP, 0) * (CARD_WIDTH + LAYER_GAP);
  return Math.max(0, ...heights, Math.sqrt(area / ASPECT));
}

/** By distance from the roots; what no root leads to comes last. */
function layersOf(cards: readonly Card[], edges: readonly Edge[]): Card[][] {
  const next = new Map<Card, Card[]>();
  for (const { from, to } of edges) next.set(from, [...(next.get(from) ?? []), to]);
  const seen = new Set<Card>();
  const layers: Card[][] = [];
  let layer = cards.filter(({ type }) => type.root !== null);
  while (layer.length > 0) {
    for (const card of layer) seen.add(card);
    layers.push(layer);
    layer = [...new Set(layer.flatMap((card) => next.get(card) ?? []))].filter((card) => !seen.has(card));
  }
  const rest = cards.filter((card) => !seen.has(card));
  return rest.length > 0 ? [...layers, rest] : layers;
}

/** Each near the middle of what leads to it from the left; what nothing leads to by name at the end. */
function ordered(layer: readonly Card[], edges: readonly Edge[], placed: ReadonlyMap<Card, Placed>): Card[] {
  const places = new Map<Card, number>();
  for (const card of layer) {
    const sources = edges.flatMap(({ from, row, to }) => {
      const place = to === card ? placed.get(from) : undefined;
      return place ? [place.x * 10_000 + place.y + row * ROW_HEIGHT] : [];
    });
    places.set(card, sources.length > 0 ? Math.min(...sources) : Number.POSITIVE_INFINITY);
  }
  const place = (card: Card): number => places.get(card) ?? 0;
  return [...layer].sort((a, b) => (place(a) === place(b) ? compare(a, b) : place(a) - place(b)));
}

const ROOTS: readonly unknown[] = ['query', 'mutation', 'subscription', null];

const compare = ({ type: a }: Card, { type: b }: Card): number =>
  ROOTS.indexOf(a.root) - ROOTS.indexOf(b.root) || (a.name < b.name ? -1 : 1);
