/** Of how many operations a field that moves is asked of its new subgraph. */
import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createOverrides } from '../../../gateway/engine/planner/override-labels.ts';

const overridesFor = createOverrides(
  parse(`type Lamp {
    some: Int @join__field(graph: NEW, override: "old", overrideLabel: "percent(25)")
    few: Int @join__field(graph: NEW, override: "old", overrideLabel: "percent(0.5)")
    all: Int @join__field(graph: NEW, override: "old", overrideLabel: "percent(100)")
    none: Int @join__field(graph: NEW, override: "old", overrideLabel: "percent(0)")
    named: Int @join__field(graph: NEW, override: "old", overrideLabel: "by-hand")
  }`),
);

const OPERATIONS = Array.from({ length: 4_000 }, (_, each) => `{ lamp(id: ${each}) { some } }`);
const shareOf = (label: string): number =>
  OPERATIONS.filter((operation) => overridesFor(operation).get(label)).length / OPERATIONS.length;

describe('a field that moves', () => {
  it.each([
    ['percent(25)', 0.22, 0.28],
    ['percent(0.5)', 0.001, 0.01],
    ['percent(100)', 1, 1],
    ['percent(0)', 0, 0],
    ['by-hand', 0, 0],
  ])('is asked of the new subgraph by its label: %s', (label, least, most) => {
    expect(shareOf(label)).toBeGreaterThanOrEqual(least);
    expect(shareOf(label)).toBeLessThanOrEqual(most);
  });

  it('is asked of the same one each time', () => {
    const [operation = ''] = OPERATIONS;
    expect(overridesFor(operation)).toEqual(overridesFor(operation));
  });
});
