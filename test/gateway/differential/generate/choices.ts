/**
 * Operations as fast-check makes them: trees of numbers, which a schema makes an operation of. Small numbers stand for
 * what is simple, so that what fails shrinks to a short operation whatever the schema is.
 */
import fc from 'fast-check';

export interface Choice {
  /** Which selection. */
  what: number;
  /** How it is written: alias, arguments, directives. 0 is as plainly as can be. */
  how: number;
  inner: readonly Choice[];
}

export interface OperationChoices {
  /** Whether it is a mutation, where there are any; has a name; stands among others. */
  kind: number;
  selections: readonly Choice[];
}

export interface FaultChoice {
  kind: number;
  where: number;
  how: number;
}

/** One case: an operation, and what goes wrong as it runs. */
export interface CaseChoices {
  operation: OperationChoices;
  faults: readonly FaultChoice[];
}

const MOST = 10_000;
const WIDEST = 4;
const DEEPEST = 5;

const number = fc.nat({ max: MOST });
/** Plain ones as often as not. */
const manner = fc.oneof(fc.constant(0), number);

const choice = fc.letrec<{ choice: Choice }>((tie) => ({
  choice: fc.record({
    what: number,
    how: manner,
    inner: fc.oneof(
      { maxDepth: DEEPEST, depthIdentifier: 'selections' },
      fc.constant<Choice[]>([]),
      fc.array(tie('choice'), { maxLength: WIDEST, depthIdentifier: 'selections' }),
    ),
  }),
})).choice;

const operation: fc.Arbitrary<OperationChoices> = fc.record({
  kind: manner,
  selections: fc.array(choice, { minLength: 1, maxLength: WIDEST }),
});

const fault: fc.Arbitrary<FaultChoice> = fc.record({ kind: number, where: number, how: number });

export const calmCases: fc.Arbitrary<CaseChoices> = fc.record({ operation, faults: fc.constant<FaultChoice[]>([]) });

export const faultyCases: fc.Arbitrary<CaseChoices> = fc.record({
  operation,
  faults: fc.array(fault, { minLength: 1, maxLength: 3 }),
});
