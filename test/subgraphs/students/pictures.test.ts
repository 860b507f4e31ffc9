import { beforeAll, describe, expect, it } from 'vitest';
import { ALDER, BIRCHWOOD } from '../../../subgraphs/kernel/demo/schools.ts';
import {
  createSignedLinks,
  LINK_LIFETIME_MS,
  type SignedLinks,
} from '../../../subgraphs/kernel/subgraph/signed-link.ts';
import { seedPictures } from '../../../subgraphs/students/demo/day-by-day.ts';
import { openPictureLink } from '../../../subgraphs/students/services/picture-link.ts';
import { callerOf } from '../../kit/callers.ts';
import { openStudents, profileOf, type StudentsGraph, type TestProfile } from './fixture.ts';

const alder = callerOf('data-lead@alder.example');
const birchwood = callerOf('data-lead@birchwood.example');

let graph: StudentsGraph;
let links: SignedLinks;
let guest: TestProfile;

beforeAll(async () => {
  graph = await openStudents();
  links = createSignedLinks(graph.grantSecret, graph.clock.now);
  guest = profileOf(await graph.join(), BIRCHWOOD);
  await graph.at(ALDER, (session) => seedPictures(session, [{ id: guest.student.uuid, number: 1 }]));
});

const guestUrl = async () =>
  ((await graph.read('picture { url }', birchwood, guest)).entity.picture as { url: string }).url;
const tokenOf = (url: string) => url.slice('/pictures/'.length);

describe('S0-9e the link to a picture', () => {
  it('stands for the student, the profile and the caller, and tells none of them', async () => {
    const url = await guestUrl();
    expect(url).toMatch(/^\/pictures\/[\w-]+$/);
    expect(Buffer.from(tokenOf(url), 'base64url').includes(guest.student.uuid)).toBe(false);
    expect(openPictureLink(links, tokenOf(url))).toEqual({
      student: guest.student.uuid,
      profile: guest.uuid,
      caller: { kind: 'person', subject: birchwood.subject, role: 'DATA_LEAD', school: BIRCHWOOD },
    });
  });

  it('of the home record names no profile', async () => {
    const answer = await graph.ask(alder, 'query ($id: ID!) { student(id: $id) { picture { url } } }', guest.student);
    const { url } = (answer.data?.student as { picture: { url: string } } | undefined)?.picture ?? { url: '' };
    expect(openPictureLink(links, tokenOf(url))).toMatchObject({ student: guest.student.uuid, profile: null });
  });

  it('is good for a minute, and is no link to anything else', async () => {
    const token = tokenOf(await guestUrl());
    expect(openPictureLink(links, tokenOf(links.sign('/reports', { student: guest.student.uuid }, alder)))).toBeNull();
    expect(openPictureLink(links, `${token}A`)).toBeNull();
    graph.clock.advance(LINK_LIFETIME_MS - 1);
    expect(openPictureLink(links, token)).not.toBeNull();
    graph.clock.advance(1);
    expect(openPictureLink(links, token)).toBeNull();
  });

  it('is not made where there is no picture', async () => {
    const without = profileOf(await graph.join(), BIRCHWOOD);
    expect((await graph.read('picture { url }', birchwood, without)).entity).toEqual({ picture: null });
  });
});
