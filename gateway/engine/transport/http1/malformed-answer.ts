/** What came is no HTTP/1.1 answer to the request. Nothing that follows on its connection can be told from it. */
export class MalformedAnswer extends Error {
  override name = 'MalformedAnswer';
  constructor(expected: string) {
    super(`Expected ${expected}.`);
  }
}
