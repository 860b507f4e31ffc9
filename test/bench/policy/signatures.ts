/** Envelopes, tokens and grants: what is signed, and looked at with every call or request. */
import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { issueToken } from '../../../gateway/auth/access-token.ts';
import { createAuthenticate } from '../../../gateway/auth/bearer.ts';
import { createTokenVerifier } from '../../../gateway/auth/token-verifier.ts';
import { demoStaff } from '../../../subgraphs/kernel/demo/staff.ts';
import { createOpener, createSealer } from '../../../subgraphs/kernel/envelope.ts';
import { createGrantSigner, createGrantVerifier } from '../../../subgraphs/kernel/guest-access/grant.ts';
import { GUEST_FIELDS } from '../../../subgraphs/kernel/guest-access/matrix.ts';
import { callerOf } from '../../kit/callers.ts';
import type { Subject } from './subjects.ts';

const SOMEBODY = 'data-lead@birchwood.example';
const now = () => new Date();
const secret = () => randomBytes(32).toString('base64url');

export const signatureSubjects = async (): Promise<Subject[]> => [
  envelopeSubject(),
  ...(await tokenSubjects()),
  ...grantSubjects(),
];

/** A call for 20 representations: 2 KB. */
function envelopeSubject(): Subject {
  const keys = [{ id: 'bench', secret: secret() }];
  const [sealer, opener] = [createSealer(keys, now), createOpener('students', keys, now)];
  const caller = callerOf(SOMEBODY);
  const representations = Array.from({ length: 20 }, () => ({ __typename: 'GuestProfile', id: randomUUID() }));
  const query = 'query($representations:[_Any!]!){_entities(representations:$representations){...on GuestProfile{id}}}';
  const body = JSON.stringify({ query, variables: { representations } });
  return {
    name: 'an envelope, sealed and opened',
    most: 100,
    work: () => opener.open(sealer.seal('students', caller, body)),
  };
}

async function tokenSubjects(): Promise<Subject[]> {
  const key = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const token = await issueToken(key, demoStaff(SOMEBODY), now());
  const verify = await createTokenVerifier({ personKey: key, clock: { now } });
  const authenticate = createAuthenticate(verify);
  return [{ name: 'a token of a request', most: null, work: () => authenticate(`Bearer ${token}`) }];
}

function grantSubjects(): Subject[] {
  const key = secret();
  const [signer, verifier] = [createGrantSigner(key, now), createGrantVerifier(key, now)];
  const caller = callerOf(SOMEBODY);
  const grant = {
    profile: randomUUID(),
    student: randomUUID(),
    homeSchool: '900001',
    teachingSchool: '900002',
    agreement: randomUUID(),
    purpose: 'Teaching shared courses',
    access: new Map(GUEST_FIELDS.map(({ name }) => [name, { access: 'VIEW', reason: 'HOME_OWNED' } as const])),
  };
  const text = signer.sign(grant, caller);
  return [
    { name: 'a guest grant, signed', most: null, work: () => signer.sign(grant, caller) },
    { name: 'a guest grant, verified', most: null, work: () => verifier.verify(text, caller) },
  ];
}
