import { expect, it } from 'vitest';
import { pinnedItemsShown } from './pinned-items.ts';
import type { PinnedItemRow } from './student-record.ts';

const item = (about: string, pinnedUntil: string | null): PinnedItemRow => ({
  id: about,
  title: 'Title',
  about,
  pinnedUntil,
});
const today = '2026-11-18';
const scopes = ['students:health', 'students:welfare'];
const shown = (items: PinnedItemRow[], shows?: (row: string) => boolean) =>
  pinnedItemsShown(items, { today, scopes, ...(shows && { shows }) }).map(({ id }) => id);

it('an item is shown on its last day, and not after it', () => {
  const items = [item('medicalConditions', '2026-11-17'), item('dietaryRequirements', today), item('detentions', null)];
  expect(shown(items)).toEqual(['dietaryRequirements', 'detentions']);
});

it('an item is left out where the caller may not read what it is about', () => {
  expect(shown([item('senNeeds', null), item('horoscope', null), item('medicalConditions', null)])).toEqual([
    'medicalConditions',
  ]);
});

it('an item is left out of a guest profile where the grant hides what it is about', () => {
  const items = [item('medicalConditions', null), item('detentions', null)];
  expect(shown(items, (row) => row !== 'detentions')).toEqual(['medicalConditions']);
});
