/**
 * A picture by the token of its address. The address was made for one caller, a minute ago at the most; whether that
 * caller may see the picture is decided anew, at both walls, as for any field.
 */
import { randomUUID } from 'node:crypto';
import { type Caller, ROLES, type Role } from '../../subgraphs/kernel/caller.ts';
import { meets } from '../../subgraphs/kernel/scopes.ts';
import { scopesOf } from '../auth/roles.ts';
import type { EngineRequest } from '../engine/engine.ts';
import type { CallSubgraph } from '../engine/signed-source.ts';
import { fetchGrants } from '../policy/guest-grants.ts';
import { GRANT_FIELD } from '../policy/guest-rules.ts';
import { LINK_FIELD } from '../policy/picture-rules.ts';
import { type RecordRefusals, refusedFields } from '../policy/refusals.ts';
import type { GraphRules } from '../policy/rules.ts';

interface Picture {
  mediaType: string;
  bytes: Buffer;
}

/**
 * Null where there is nothing to show, whatever the reason. `by`: who is signed in, if anybody is: nobody else's address
 * shows them anything. Throws where a subgraph could not be asked.
 */
export type FetchPicture = (token: string, by: Caller | null, signal: AbortSignal) => Promise<Picture | null>;

/** Null where the graph keeps no pictures that the gateway serves. */
export function createFetchPicture(
  rules: GraphRules,
  callSubgraph: CallSubgraph,
  recordRefusals?: RecordRefusals,
): FetchPicture | null {
  const { pictureOwner } = rules;
  if (pictureOwner === null) return null;
  const ask = createAsk(pictureOwner, callSubgraph);
  const mayRead = async (typeName: string, caller: Caller, { operation }: EngineRequest): Promise<boolean> => {
    if (meets(caller, rules.requirementOf(typeName, 'picture'))) return true;
    await recordRefusals?.({ caller, operation, refusals: refusedFields([`${typeName}.picture`]) });
    return false;
  };
  return async (token, by, signal) => {
    const link = await ask<PictureLink>(LINK, { token }, requestOf(null, signal), LINK_FIELD);
    const [typeName, caller] = link ? [typeOf(link, rules), callerOf(link, by)] : [null, null];
    if (!link || !typeName || !caller) return null;
    const request = requestOf(caller, signal);
    if (!(await mayRead(typeName, caller, request))) return null;
    const place = await placeOf(link, rules, callSubgraph, request);
    if (!place) return null;
    const representations = [{ __typename: typeName, ...place }];
    const [entity] = (await ask<Entities>(pictureOf(typeName), { representations }, request, '_entities')) ?? [];
    const file = entity?.picture?.file;
    return file ? { mediaType: file.mediaType, bytes: Buffer.from(file.content, 'base64') } : null;
  };
}

interface PictureLink {
  studentId: string | null;
  guestProfileId: string | null;
  subject: string;
  kind: string;
  role: string;
  school: string | null;
}

type Entities = ({ picture: { file: { mediaType: string; content: string } | null } | null } | null)[];

const LINK = `query PictureLink($token: String!) { ${LINK_FIELD}(token: $token) { studentId guestProfileId subject kind role school } }`;

const pictureOf = (typeName: string): string =>
  `query Picture($representations: [_Any!]!) { _entities(representations: $representations) { ... on ${typeName} { picture { file { mediaType content } } } } }`;

/** What a subgraph says where it refuses: then there is nothing to show. Every other error is a fault. */
const REFUSALS: ReadonlySet<unknown> = new Set(['FORBIDDEN', 'GRANT_REFUSED', 'NOT_FOUND', 'UNAUTHENTICATED']);

/** One field of one operation, or null where it was refused. */
function createAsk(subgraph: string, callSubgraph: CallSubgraph) {
  return async <Value>(
    query: string,
    variables: Record<string, unknown>,
    request: EngineRequest,
    field: string,
  ): Promise<Value | null> => {
    const { data, errors = [] } = await callSubgraph(subgraph, { query, variables, isQuery: true }, request);
    if (errors.some(({ extensions }) => !REFUSALS.has(extensions?.code)))
      throw new Error('A picture could not be read: the subgraph that keeps it answered with an error.');
    return errors.length === 0 ? ((data?.[field] ?? null) as Value | null) : null;
  };
}

/** Of a guest profile where the graph grants access to some, else of the home record. */
const typeOf = ({ guestProfileId }: PictureLink, { grantOwner }: GraphRules): string | null =>
  guestProfileId === null ? 'Student' : (grantOwner?.typeName ?? null);

/** What the picture hangs on, with a grant of this moment where that is a guest profile; null where that is refused. */
async function placeOf(
  { studentId, guestProfileId: id }: PictureLink,
  { grantOwner }: GraphRules,
  callSubgraph: CallSubgraph,
  request: EngineRequest,
): Promise<{ id: string; [field: string]: string } | null> {
  if (id === null) return studentId === null ? null : { id: studentId };
  if (!grantOwner) return null;
  try {
    const [granted] = await fetchGrants(grantOwner, [id], '', callSubgraph, request);
    return granted ? { id, [GRANT_FIELD]: granted.grant } : null;
  } catch (error) {
    if (error instanceof Error && 'extensions' in error && isRefusal(error.extensions)) return null;
    throw error;
  }
}

const isRefusal = (extensions: unknown): boolean =>
  extensions !== null && typeof extensions === 'object' && 'code' in extensions && REFUSALS.has(extensions.code);

/**
 * Whom the address was made for, with the rights of now. Who is signed in must be that very caller. Of a person the role is
 * enough to know them; of an app it is not, whose rights come from its app grant: without its token it is shown nothing.
 */
function callerOf({ subject, kind, role, school }: PictureLink, by: Caller | null): Caller | null {
  if (by) return by.subject === subject && by.kind === kind && by.role === role && by.school === school ? by : null;
  if (kind !== 'person' || !isRole(role)) return null;
  return { subject, kind, name: '', role, school, scopes: scopesOf(role), client: null };
}

const isRole = (role: string): role is Role => ROLES.some((each) => each === role);

const requestOf = (caller: Caller | null, signal: AbortSignal): EngineRequest => ({
  caller,
  operation: { id: randomUUID(), name: 'Picture' },
  grants: [],
  signal,
  hidden: [],
});
