/**
 * Text without outer space and with a–z in capitals. Other letters stay as they are: `toUpperCase` would turn
 * a long s or a dotless i into a plain S or I, and so accept an identifier that nobody was given.
 */
export function inCapitals(text: string): string {
  return text.trim().replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}
