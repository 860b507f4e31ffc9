/** Thrown where an operation's answer cannot be put together from texts: then it is merged, as any answer can be. */
export class NotInTexts extends Error {
  override name = 'NotInTexts';
}
