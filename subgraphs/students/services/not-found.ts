import { InvalidInput } from '../../kernel/errors.ts';

/** The same for an id that does not decode, is absent, or is another school's. */
export const notFound = (field: string): InvalidInput =>
  new InvalidInput({ code: 'NOT_FOUND', field, message: 'Expected the id of something that the caller can reach.' });
