import { describe, expect, it } from 'vitest';
import { readTask } from './arguments.ts';

const GRANT = [
  ...['grant', 'timetable-app', '--school', '900002', '--purpose', 'timetabling', '--ground', 'public-task'],
  ...['--operations', 'Guests, Courses', '--scopes', 'students:read,courses:read'],
  ...['--from', '2026-09-01', '--to', '2027-08-31'],
];

/** GRANT with another value of one option, or without it. */
function grantWith(option: string, value?: string): string[] {
  const at = GRANT.indexOf(option);
  return GRANT.toSpliced(at, 2, ...(value === undefined ? [] : [option, value]));
}

describe('npm run clients', () => {
  it.each<[string[], object]>([
    [['list'], { name: 'list' }],
    [
      ['add', 'web', '--title', 'Web'],
      { name: 'add', client: { name: 'web', title: 'Web', mode: 'open', isPartner: false, isApp: false } },
    ],
    [
      ['add', 'own', '--title', 'Own', '--app', '--mode', 'safelist'],
      { name: 'add', client: { name: 'own', title: 'Own', mode: 'safelist', isPartner: false, isApp: true } },
    ],
    [
      ['add', 'theirs', '--title', 'Theirs', '--partner'],
      { name: 'add', client: { name: 'theirs', title: 'Theirs', mode: 'require-id', isPartner: true, isApp: true } },
    ],
    [
      ['add', 'own', '--title', 'Own', '--app'],
      { name: 'add', client: { name: 'own', title: 'Own', mode: 'safelist', isPartner: false, isApp: true } },
    ],
    [
      ['change', 'web', '--mode', 'safelist'],
      { name: 'change', client: 'web', change: { mode: 'safelist', title: null } },
    ],
    [
      ['change', 'web', '--title', ' Pages '],
      { name: 'change', client: 'web', change: { mode: null, title: 'Pages' } },
    ],
    [['rotate', 'own'], { name: 'rotate', client: 'own', endsNow: false }],
    [['rotate', 'own', '--now'], { name: 'rotate', client: 'own', endsNow: true }],
    [['retire', 'own'], { name: 'retire', client: 'own' }],
    [
      ['revoke', '0a3c9a52-6a64-5c51-9a52-6a640a3c9a52'],
      { name: 'revoke', grants: { id: '0a3c9a52-6a64-5c51-9a52-6a640a3c9a52' } },
    ],
    [
      ['revoke', 'timetable-app', '--school', '900002'],
      { name: 'revoke', grants: { client: 'timetable-app', school: '900002' } },
    ],
    [
      [...GRANT, '--sensitive-scopes', 'students:health'],
      {
        name: 'grant',
        grant: {
          ...{ client: 'timetable-app', school: '900002', purpose: 'timetabling', ground: 'public-task' },
          operations: ['Guests', 'Courses'],
          scopes: ['students:read', 'courses:read', 'students:health'],
          ...{ from: '2026-09-01', to: '2027-08-31' },
        },
      },
    ],
  ])('%j', (args, task) => {
    expect(readTask(args)).toEqual(task);
  });

  it.each([['--help'], ['-h'], ['grant', '--help']])('%j asks for help', (...args) => {
    expect(readTask(args)).toBeNull();
  });

  it.each<[string[], RegExp]>([
    [[], /one of list, add, change, rotate, retire, grant, revoke/],
    [['delete'], /one of list/],
    [['constructor'], /one of list/],
    [['list', 'all'], /list: expected no more words/],
    [['rotate'], /rotate: expected the name of an app/],
    [['rotate', 'one', 'two'], /rotate: expected the name of an app/],
    [['rotate', 'one', '--title', 'x'], /rotate: there is no --title/],
    [['list', '--secret'], /Unknown option '--secret'/],
    [['add', 'Web', '--title', 'Web'], /small letters/],
    [['add', '-web', '--title', 'Web'], /Unknown option|small letters/],
    [['add', 'web'], /--title: expected 1 to 200/],
    [['add', 'web', '--title', 'Web', '--mode', 'any'], /--mode: expected one of open/],
    [['add', 'web', '--title', 'Web', '--partner', '--mode', 'open'], /--mode: expected one of require-id\./],
    [
      ['add', 'own', '--title', 'Own', '--app', '--mode', 'log-unknown'],
      /--mode: expected one of safelist, require-id\./,
    ],
    [['change', 'web'], /change: expected --mode, --title or both/],
    [['change', '--mode', 'open'], /change: expected the name of a client/],
    [['change', 'web', '--mode', 'any'], /--mode: expected one of open/],
    [['change', 'web', '--app'], /change: there is no --app/],
    [['revoke', 'timetable-app', '--school', 'Birchwood'], /--school: Expected a school URN/],
    [grantWith('--school'), /--school: Expected a school URN/],
    [grantWith('--school', '012345'), /--school: Expected a school URN/],
    [grantWith('--purpose', ' '), /--purpose: expected 1 to 200/],
    [grantWith('--ground', 'profit'), /--ground: expected one of consent, contract/],
    [grantWith('--operations', ','), /--operations: expected 1 to 100 names/],
    [grantWith('--operations', 'a b'), /--operations: expected names of operations/],
    [grantWith('--scopes', 'students:everything'), /--scopes: expected scopes that apps may have/],
    [grantWith('--scopes', 'emergency:open'), /--scopes: expected scopes that apps may have/],
    [grantWith('--scopes', 'students:read,students:health'), /students:health opens special categories/],
    [[...GRANT, '--sensitive-scopes', 'students:read'], /--sensitive-scopes: expected some of students:health/],
    [grantWith('--from', '2026-02-30'), /--from: expected a calendar date/],
    [grantWith('--to', '2026-08-31'), /--to: expected no earlier date/],
    [['revoke', 'it'], /revoke: expected the id of an app grant/],
  ])('%j says what was expected', (args, problem) => {
    expect(() => readTask(args)).toThrow(problem);
  });
});
