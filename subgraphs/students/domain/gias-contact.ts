/** How to reach a school: the register's telephone numbers and web addresses, made usable. */
import { type Reading, stated } from './gias-reading.ts';

/** National numbers have 9 or 10 digits after the 0, and no area or service starts with 4 or 6 (Ofcom's numbering plan). */
const WITHOUT_ZERO = /^[1235789]\d{8,9}$/;
const UK_NUMBER = /^(?:0|\+?44)\d{9,10}$/;

/** Gives a UK number the leading 0 back that a spreadsheet took; a number abroad stays as it is. */
export function readTelephone(cell: string, abroad: boolean): Reading<string | null> {
  const text = stated(cell);
  if (text === null || abroad) return { value: text };
  const digits = text.replace(/[\s()-]/g, '');
  if (WITHOUT_ZERO.test(digits)) return { value: `0${text}` };
  if (UK_NUMBER.test(digits)) return { value: text };
  return { value: text, warning: 'TelephoneNum: expected a UK number of 10 or 11 digits. Imported as it stands.' };
}

/** Most have no scheme; http is what such an address has always meant, and sites that moved to https say so themselves. */
export function readWebsite(cell: string): Reading<string | null> {
  const text = stated(cell);
  if (text === null) return { value: null };
  const address = (/^https?:\/\//i.test(text) ? text : `http://${text.replace(/^\/+/, '')}`).replaceAll(' ', '%20');
  if (isWebAddress(address)) return { value: address };
  return { value: null, warning: 'SchoolWebsite: expected the address of a website. Imported without it.' };
}

/** The column also holds e-mail addresses and remarks; a host has a dot in it and no user before it. */
function isWebAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { hostname, username } = new URL(address);
  return username === '' && /^[\w-]+(?:\.[\w-]+)+$/.test(hostname);
}
