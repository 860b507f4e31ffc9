/** A call for a page of a hundred that failed is one failure, and not a hundred errors. */
import type { Path } from './placed-errors.ts';

const MOST_PLACES = 10;

/** The places themselves where they are few; else the lists around them, from the inside out, until those are. */
export function fewPlaces(places: readonly Path[]): readonly Path[] {
  if (places.length <= MOST_PLACES || !places.some(isInList)) return places;
  const lists = places.map((path) => path.slice(0, path.findLastIndex(isIndex)));
  return fewPlaces([...new Map(lists.map((path) => [JSON.stringify(path), path])).values()]);
}

const isIndex = (key: string | number): boolean => typeof key === 'number';
const isInList = (path: Path): boolean => path.some(isIndex);
