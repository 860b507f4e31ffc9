/**
 * The demo's students. Plainly invented: names that no family has, numbers of local authority 999, telephone numbers that
 * Ofcom keeps for drama (01632 960000 to 960999), postcodes of an area that is not in use.
 */
import { academicYearOf } from '../../kernel/identifiers/academic-year.ts';
import { partsOfDfeNumber } from '../../kernel/identifiers/dfe-number.ts';
import { addDays } from '../../kernel/identifiers/iso-date.ts';
import { uciCheckLetter } from '../../kernel/identifiers/uci.ts';
import { ulnCheckDigit } from '../../kernel/identifiers/uln.ts';
import { upnCheckLetter } from '../../kernel/identifiers/upn.ts';
import type { YearGroup } from '../../kernel/identifiers/year-group.ts';
import type { NewStudent } from '../services/join-student.ts';

export interface DemoPlace {
  urn: string;
  dfeNumber: string;
  /** The year group in which the school begins. */
  firstYear: number;
  /** How many in each year group. */
  years: readonly (readonly [YearGroup, number])[];
}

type Person = Omit<NewStudent, 'lists'> & { yearGroup: YearGroup };

const FIRST_NAMES = ['Ashby', 'Brin', 'Corva', 'Dellan', 'Esmit', 'Fenno', 'Garla', 'Hesper', 'Ivora', 'Jory', 'Kessa'];
const LAST_NAMES = ['Demoway', 'Exampleby', 'Fictonby', 'Inventson', 'Makebelow', 'Mockford', 'Pretendle', 'Sampleton'];

/** The students of a school, year by year, all of them on roll since the year group in which the school begins. */
export function demoPeople({ urn, dfeNumber, firstYear, years }: DemoPlace, today: string): Person[] {
  const { startYear } = academicYearOf(today);
  const groups = years.flatMap(([yearGroup, count]) => Array.from({ length: count }, () => yearGroup));
  return groups.map((yearGroup, index) => {
    const year = Number(yearGroup);
    const joinedIn = startYear - (year - firstYear);
    const number = (Number(urn) - 900_001) * 200 + index + 1;
    return {
      ...namesOf(number),
      homeSchoolUrn: urn,
      sex: index % 2 === 0 ? 'FEMALE' : 'MALE',
      dateOfBirth: addDays(`${startYear - year - 5}-09-01`, (index * 37) % 364),
      yearGroup,
      registrationForm: `${yearGroup}${'ABC'.charAt(index % 3)}`,
      joinedOn: `${joinedIn}-09-01`,
      ...identifiersOf(number, dfeNumber, joinedIn),
    };
  });
}

function namesOf(number: number) {
  const legalFirstName = FIRST_NAMES[number % FIRST_NAMES.length] ?? '';
  const legalLastName = `${LAST_NAMES[number % LAST_NAMES.length]}${number % 5 === 0 ? '-Testerby' : ''}`;
  return { legalFirstName, legalLastName, ...(number % 4 === 0 && { preferredFirstName: legalFirstName.slice(0, 3) }) };
}

function identifiersOf(number: number, dfeNumber: string, joinedIn: number) {
  const { localAuthority, establishment } = partsOfDfeNumber(dfeNumber);
  const upn = `${localAuthority}${establishment}${lastTwo(joinedIn)}${String(number).padStart(3, '0')}`;
  const uci = `99${localAuthority}0${lastTwo(joinedIn)}${String(number).padStart(4, '0')}`;
  return { upn: `${upnCheckLetter(upn)}${upn}`, uci: `${uci}${uciCheckLetter(uci)}`, uln: ulnOf(number) };
}

/** One stem in eleven has no check digit: each number tries two stems of its own, which differ by one. */
function ulnOf(number: number): string {
  const stems = [`9990${String(number * 2).padStart(5, '0')}`, `9990${String(number * 2 + 1).padStart(5, '0')}`];
  const [uln = ''] = stems.flatMap((stem) => {
    const digit = ulnCheckDigit(stem);
    return digit === undefined ? [] : [`${stem}${digit}`];
  });
  return uln;
}

const lastTwo = (year: number): string => String(year).slice(2);
