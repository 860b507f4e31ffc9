import type { YearGroup as CensusCode } from '../identifiers/year-group.ts';

/** The enum's names → the census codes that databases and events hold: those are numbers, which no name in GraphQL can be. */
export const YearGroup: Readonly<Record<string, CensusCode>> = {
  N1: 'N1',
  N2: 'N2',
  R: 'R',
  YEAR_1: '1',
  YEAR_2: '2',
  YEAR_3: '3',
  YEAR_4: '4',
  YEAR_5: '5',
  YEAR_6: '6',
  YEAR_7: '7',
  YEAR_8: '8',
  YEAR_9: '9',
  YEAR_10: '10',
  YEAR_11: '11',
  YEAR_12: '12',
  YEAR_13: '13',
  YEAR_14: '14',
  X: 'X',
};
