import { expect, it } from 'vitest';
import type { Caller } from '../caller.ts';
import { createSignedLinks, LINK_LIFETIME_MS } from './signed-link.ts';

const SECRET = Buffer.alloc(32, 7).toString('base64url');
const CALLER: Caller = {
  subject: '00000000-0000-7000-8000-000000000001',
  kind: 'person',
  name: 'Una Tester',
  role: 'DATA_LEAD',
  school: '900001',
  scopes: ['students:picture'],
  client: null,
};
const CLAIMS = { student: '00000000-0000-7000-8000-00000000000a', profile: null };

let time = Date.UTC(2026, 10, 18, 10);
const links = createSignedLinks(SECRET, () => new Date(time));
const tokenOf = (path: string) => path.split('/').at(-1) ?? '';

it('opens to what was put in, for whom it was made', () => {
  const path = links.sign('/pictures', CLAIMS, CALLER);
  expect(path).toMatch(/^\/pictures\/[\w-]+$/);
  expect(links.open('/pictures', tokenOf(path))).toEqual({
    claims: CLAIMS,
    caller: { kind: 'person', subject: CALLER.subject, role: 'DATA_LEAD', school: '900001' },
  });
});

it('tells nothing to who reads the link', () => {
  const bytes = Buffer.from(tokenOf(links.sign('/pictures', CLAIMS, CALLER)), 'base64url').toString('latin1');
  expect(bytes).not.toContain('student');
  expect(bytes).not.toContain(CLAIMS.student);
});

it('ends after a minute', () => {
  const token = tokenOf(links.sign('/pictures', CLAIMS, CALLER));
  time += LINK_LIFETIME_MS - 1;
  expect(links.open('/pictures', token)).not.toBeNull();
  time += 1;
  expect(links.open('/pictures', token)).toBeNull();
});

it('is refused for another path, with another key, and with any byte changed', () => {
  const token = tokenOf(links.sign('/pictures', CLAIMS, CALLER));
  expect(links.open('/reports', token)).toBeNull();
  const other = createSignedLinks(Buffer.alloc(32, 8).toString('base64url'), () => new Date(time));
  expect(other.open('/pictures', token)).toBeNull();
  const bytes = Buffer.from(token, 'base64url');
  for (let place = 0; place < bytes.length; place += 1) {
    const altered = Buffer.from(bytes);
    altered[place] = (altered[place] ?? 0) ^ 1;
    expect(links.open('/pictures', altered.toString('base64url'))).toBeNull();
  }
});

it('is refused where it is no token at all', () => {
  for (const text of ['', '.', 'a', 'not a token', `${tokenOf(links.sign('/pictures', CLAIMS, CALLER))}=`])
    expect(links.open('/pictures', text)).toBeNull();
});
