import { expect, it } from 'vitest';
import { refusalMessage } from './explanations.ts';

it('a refused write tells a caller of either school which fields, and where the home school changes them', () => {
  expect(refusalMessage(['address', 'upn'])).toBe(
    'You may not change address, upn in a guest profile: what belongs to the home school’s record is changed by the home school, in the student’s own record. Nothing was changed.',
  );
});
