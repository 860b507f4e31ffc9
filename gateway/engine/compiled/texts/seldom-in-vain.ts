/**
 * What is tried in vain is tried seldom: subgraphs may have their reasons to answer otherwise every time, an entity that is
 * gone, another way to write texts, and who tries all the same does everything twice.
 */
const MOST_SKIPPED = 63;

/** `work` gives null where it was in vain; so does what is returned where it is not tried. */
export function seldomInVain<Given, Result>(
  work: (given: Given) => Promise<Result | null>,
): (given: Given) => Promise<Result | null> {
  let toSkip = 0;
  let skipped = 0;
  return async (given) => {
    if (skipped < toSkip) {
      skipped += 1;
      return null;
    }
    const result = await work(given);
    // after each time in vain it is left out twice as often
    toSkip = result === null ? Math.min(2 * toSkip + 1, MOST_SKIPPED) : 0;
    skipped = 0;
    return result;
  };
}
