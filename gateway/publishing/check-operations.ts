/** Whether operations hold in a supergraph, what a caller needs for them, and whether an app grant gives it. */
import { randomUUID } from 'node:crypto';
import type { GraphQLError } from 'graphql';
import type { AppCaller } from '../../subgraphs/kernel/caller.ts';
import { type Choice, meets, type Requirement } from '../../subgraphs/kernel/scopes.ts';
import { createKnowOperation } from '../operations/known-operation.ts';
import type { ManifestOperation } from '../operations/persisted/manifest.ts';
import { onlyOperationOf } from '../operations/persisted/operation-text.ts';
import { RequestRefused, refusing } from '../operations/request-refused.ts';
import { requirementsOf } from '../policy/authorisation-shape.ts';
import { type FrontSettings, limitModeOf } from '../policy/front-settings.ts';
import { createLimiter } from '../policy/limits/limiter.ts';
import { readRules } from '../policy/rules.ts';
import { readSupergraph } from '../supergraph/supergraph.ts';

export interface CheckedOperation {
  /** Sentences; empty where it holds. */
  problems: readonly string[];
  needs: readonly Requirement[];
}

export type CheckOperation = (operation: ManifestOperation) => CheckedOperation;

/** As a gateway with these settings would take it. Throws where the supergraph does not hold. */
export function createCheck(sdl: string, front: FrontSettings): CheckOperation {
  const { apiSchema, document: supergraph } = readSupergraph(sdl);
  const rules = readRules(supergraph);
  const limiter = createLimiter({ limits: front.limits, mode: limitModeOf(front, rules.isOurs) });
  const know = createKnowOperation({ apiSchema, limiter, introspection: 'everybody' });
  return ({ document, text, path, name }) => {
    const operation = onlyOperationOf(document) ?? undefined;
    try {
      refusing(() => know(text, document, operation, true));
    } catch (error) {
      if (!(error instanceof RequestRefused)) throw error;
      return { problems: error.errors.map((each) => `${path}, operation "${name}": ${told(each)}`), needs: [] };
    }
    return { problems: [], needs: operation ? [...requirementsOf(apiSchema, rules, document, operation)] : [] };
  };
}

/** An operation's text is the publisher's own: what is wrong with it is told as it is. */
const told = ({ message, locations }: GraphQLError): string =>
  locations?.[0] ? `${message} (line ${locations[0].line}, column ${locations[0].column})` : message;

/** Every scope and policy that one of its fields asks for, as `students:read` or `policy kind:app`; "or" between choices. */
export function describeNeeds(needs: readonly Requirement[]): string[] {
  const choices = needs.flatMap((requirement) => requirement.map(describeChoice));
  return [...new Set(choices)].filter((each) => each !== '').sort();
}

const describeChoice = ({ of, anyOf }: Choice): string =>
  anyOf.map((all) => all.map((name) => (of === 'policies' ? `policy ${name}` : name)).join(' + ')).join(' or ');

/** What an app grant gives, whatever the day. */
export interface GivenGrant {
  purpose: string;
  /** URN. */
  school: string;
  operations: readonly string[];
  /** Those that an app may have. */
  scopes: readonly string[];
}

/** Why none of the app grants covers an operation: a sentence; null where one does. */
export function notCovered(
  { name, path }: Pick<ManifestOperation, 'name' | 'path'>,
  needs: readonly Requirement[],
  client: string,
  grants: readonly GivenGrant[],
): string | null {
  const naming = grants.filter(({ operations }) => operations.includes(name));
  const about = `${path}, operation "${name}"`;
  if (naming.length === 0) return `${about}: no app grant of ${client} names it.`;
  const missing = naming.map((grant) => needs.filter((requirement) => !meets(appWith(client, grant), requirement)));
  if (missing.some((lacking) => lacking.length === 0)) return null;
  const least = missing.reduce((one, other) => (other.length < one.length ? other : one));
  return `${about}: no app grant of ${client} that names it gives ${describeNeeds(least).join(', ')}.`;
}

const appWith = (client: string, { purpose, school, scopes }: GivenGrant): AppCaller => ({
  kind: 'app',
  subject: randomUUID(),
  name: client,
  role: 'APP',
  school,
  scopes,
  client: { name: client, version: null },
  grant: { id: randomUUID(), purpose },
});
