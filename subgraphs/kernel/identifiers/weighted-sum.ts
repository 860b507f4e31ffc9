/**
 * The sum that check letters are made from: each value times its weight, where weights go up or down by one
 * from `firstWeight`. UPN counts up from 2, UCI down from 16, ULN down from 10.
 */
export function weightedSum(values: readonly number[], firstWeight: number, step: 1 | -1): number {
  return values.reduce((sum, value, place) => sum + value * (firstWeight + step * place), 0);
}
