/** What is to be reached, in one run: ratios, since absolute figures are a machine's. */

import type { Size } from '../graph/operations.ts';
import { median } from '../load/percentile.ts';
import type { Figures, Measured } from './measure.ts';

interface Target {
  size: Size;
  contender: string;
  /** `speed`: how many requests it answers with the CPU that the other takes for one. `memory`: its share of the other's. */
  of: 'speed' | 'memory';
  against: string;
  bound: 'at least' | 'at most';
  value: number;
}

const speed = (size: Size, contender: string, against: string, value: number): Target => ({
  size,
  contender,
  of: 'speed',
  against,
  bound: 'at least',
  value,
});

const memory = (size: Size, contender: string): Target => ({
  size,
  contender,
  of: 'memory',
  against: 'stock',
  bound: 'at most',
  value: 0.6,
});

const TARGETS: readonly Target[] = [
  speed('big', 'text', 'stock', 7),
  speed('big', 'text', 'hive', 4),
  speed('small', 'text', 'stock', 5),
  speed('big', 'persisted', 'stock', 9),
  speed('big', 'persisted', 'hand-written', 0.8),
  speed('big', 'persisted', 'grafbase', 0.8),
  speed('small', 'persisted', 'stock', 30),
  speed('small', 'persisted', 'grafbase', 3),
  // at most 1.1 times the CPU
  speed('big', 'in-process', 'hand-written-in-process', 1 / 1.1),
  memory('big', 'text'),
  memory('big', 'persisted'),
  memory('small', 'text'),
  memory('small', 'persisted'),
];

export interface Reached extends Target {
  /** Null where one of the two was not measured. */
  reached: number | null;
  isMet: boolean;
}

export const reach = (measured: readonly Measured[], targets: readonly Target[] = TARGETS): Reached[] =>
  targets
    .filter(({ size }) => measured.some((each) => each.size === size))
    .map((target) => {
      const figures = measured.find(({ size }) => size === target.size)?.figures ?? [];
      const [own, other] = [target.contender, target.against].map((name) =>
        figures.find(({ contender }) => contender.name === name),
      );
      const reached = own && other ? compare(target, own, other) : null;
      const isMet =
        reached !== null && (target.bound === 'at least' ? reached >= target.value : reached <= target.value);
      return { ...target, reached, isMet };
    });

const compare = ({ of }: Target, own: Figures, other: Figures): number =>
  of === 'memory' ? own.memory / other.memory : speedRatio(own, other);

/** Round by round, since each round's two measurements had the machine in the same mood. */
export const speedRatio = (own: Figures, other: Figures): number =>
  median(own.cpu.map((cpu, round) => (other.cpu[round] ?? Number.NaN) / cpu));
