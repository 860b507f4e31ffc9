import { createHmac, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AppCaller, Caller, PersonCaller } from '../caller.ts';
import type { FieldAccess } from './effective-access.ts';
import { createGrantSigner, createGrantVerifier, GRANT_LIFETIME_MS, type Grant, POLICY_VERSION } from './grant.ts';
import { GUEST_FIELDS } from './matrix.ts';

const SECRET = randomBytes(32).toString('base64url');
const NOW = new Date('2026-11-18T10:00:00Z');

const TEACHER: Caller = {
  subject: '0f6cf9f0-5c3a-4f0e-8f4b-000000000001',
  kind: 'person',
  name: 'Una Tester',
  role: 'TEACHER',
  school: '900002',
  scopes: ['students:read'],
  client: null,
};

const GRANT: Grant = {
  profile: '0f6cf9f0-5c3a-4f0e-8f4b-000000000002',
  student: '0f6cf9f0-5c3a-4f0e-8f4b-000000000003',
  homeSchool: '900001',
  teachingSchool: '900002',
  agreement: '0f6cf9f0-5c3a-4f0e-8f4b-000000000004',
  purpose: 'Teaching shared courses',
  access: new Map<string, FieldAccess>(
    GUEST_FIELDS.map((field, index) => [
      field.name,
      index % 2 === 0 ? { access: 'VIEW', reason: 'HOME_OWNED' } : { access: 'HIDDEN', reason: 'SCHOOL_OVERRIDE' },
    ]),
  ),
};

const inTime = (milliseconds: number) => () => new Date(NOW.getTime() + milliseconds);
const { sign } = createGrantSigner(SECRET, inTime(0));
const { verify } = createGrantVerifier(SECRET, inTime(0));
const text = sign(GRANT, TEACHER);

/** A text that carries a true signature of whatever it holds. */
const signed = (payload: unknown): string => {
  const encoded = Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload)).toString('base64url');
  const mac = createHmac('sha256', Buffer.from(SECRET, 'base64url'))
    .update(`guest-grant\n${encoded}`)
    .digest('base64url');
  return `${encoded}.${mac}`;
};

const payloadOf = (grant: string) => JSON.parse(Buffer.from(grant.split('.')[0] ?? '', 'base64url').toString('utf8'));

describe('a guest grant', () => {
  it('gives back what was signed, every row of the matrix', () => {
    expect(verify(text, TEACHER)).toEqual(GRANT);
  });

  it('holds for the caller’s next minute, and no longer', () => {
    const at = (milliseconds: number) => createGrantVerifier(SECRET, inTime(milliseconds)).verify(text, TEACHER);
    expect(at(GRANT_LIFETIME_MS - 1)).toEqual(GRANT);
    expect(at(GRANT_LIFETIME_MS)).toBeNull();
  });

  it.each<[string, Partial<PersonCaller>]>([
    ['another person', { subject: '0f6cf9f0-5c3a-4f0e-8f4b-000000000009' }],
    ['the same person in another role', { role: 'DATA_LEAD' }],
    ['the same person at another school', { school: '900003' }],
    ['the same person at no school', { school: null }],
  ])('is refused to %s', (_who, change) => {
    expect(verify(text, { ...TEACHER, ...change })).toBeNull();
  });

  it('is refused to an app with the same id', () => {
    const { subject, name, scopes } = TEACHER;
    const app: AppCaller = {
      ...{ subject, name, scopes, kind: 'app', role: 'APP', school: '900002' },
      client: { name: 'timetable-app', version: null },
      grant: { id: '0f6cf9f0-5c3a-4f0e-8f4b-000000000008', purpose: 'timetabling' },
    };
    expect(verify(text, app)).toBeNull();
  });

  it('is refused where another secret signed it', () => {
    const other = createGrantSigner(randomBytes(32).toString('base64url'), inTime(0));
    expect(verify(other.sign(GRANT, TEACHER), TEACHER)).toBeNull();
  });

  it('is refused under another version of the policy', () => {
    const payload = payloadOf(text);
    expect(payload.policy).toBe(POLICY_VERSION);
    expect(verify(signed(payload), TEACHER)).toEqual(GRANT);
    expect(verify(signed({ ...payload, policy: 'another' }), TEACHER)).toBeNull();
  });

  it('is refused with any one character changed, and with any more or fewer', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ ';
    for (let place = 0; place < text.length; place += 1)
      for (const character of [...alphabet].filter((each) => each !== text[place]).slice(place % 7, (place % 7) + 3))
        expect(verify(text.slice(0, place) + character + text.slice(place + 1), TEACHER)).toBeNull();
    for (const character of alphabet) {
      if (character !== text.at(-1)) expect(verify(text.slice(0, -1) + character, TEACHER)).toBeNull();
      expect(verify(text + character, TEACHER)).toBeNull();
    }
    for (let length = 0; length < text.length; length += 1) expect(verify(text.slice(0, length), TEACHER)).toBeNull();
  });

  it('is refused with the payload of another under its signature', () => {
    const [payload] = sign({ ...GRANT, student: GRANT.profile }, TEACHER).split('.');
    expect(verify(`${payload}.${text.split('.')[1]}`, TEACHER)).toBeNull();
  });

  it('is refused, and never throws, whatever text comes', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (any) => verify(any, TEACHER) === null));
    fc.assert(
      fc.property(fc.base64String(), fc.base64String(), (one, other) => verify(`${one}.${other}`, TEACHER) === null),
    );
  });

  it.each(['', 'null', '7', '"text"', '[]', '{}', 'not json', '{"levels":7}'])(
    'is refused, and does not throw, where what was signed is %s',
    (payload) => {
      expect(verify(signed(payload), TEACHER)).toBeNull();
    },
  );

  it('is refused, and does not throw, where what was signed lacks its rows', () => {
    for (const levels of [
      undefined,
      null,
      7,
      [],
      { VIEW: 7 },
      { 'VIEW HOME_OWNED': [7] },
      { 'ALL OF_IT': ['address'] },
    ])
      expect(verify(signed({ ...payloadOf(text), levels }), TEACHER)).toBeNull();
  });

  it('names no one: neither the caller’s name nor anything of the student but an id', () => {
    expect(JSON.stringify(payloadOf(text))).not.toContain(TEACHER.name);
  });
});
