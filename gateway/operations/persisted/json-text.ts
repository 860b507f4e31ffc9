/** JSON of a file, or what is wrong with it: what of a name that is there twice is read, readers differ in (RFC 8259, 4). */

export function parsedJson(text: string): { value: unknown } | { problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    // it says where
    return { problem: `expected JSON. ${(error as SyntaxError).message}.` };
  }
  const twice = nameTwice(text);
  return twice === null ? { value } : { problem: `expected each name of an object once: ${twice} is there twice.` };
}

/** A name with what follows it, any other string, and where objects begin and end. */
const TOKENS = /(?<string>"[^"\\]*(?:\\.[^"\\]*)*")(?<colon>\s*:)?|[{}]/g;

/** Of a text that is JSON: the first name that its object has already, in quotes. */
function nameTwice(text: string): string | null {
  const objects: Set<string>[] = [];
  for (const { 0: token, groups: { string, colon } = {} } of text.matchAll(TOKENS)) {
    if (token === '{') objects.push(new Set());
    else if (token === '}') objects.pop();
    else if (string && colon) {
      const names = objects.at(-1);
      const name = JSON.parse(string) as string;
      if (names?.has(name)) return string;
      names?.add(name);
    }
  }
  return null;
}
