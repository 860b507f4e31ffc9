/** What apps may have of the scopes: some never, some only where the app grant names them as what they are. */
import { EVERY_SCOPE, type Scope } from './roles.ts';

/** They change who may see what, or take a person's judgement. No app grant opens them. */
const NEVER_AN_APPS: ReadonlySet<Scope> = new Set(['access:manage', 'sharing:manage', 'emergency:open']);

/**
 * They open a child's health, needs, care and meals, and what people wrote freely: special categories of data and the
 * like (UK GDPR Article 9). Nobody grants them by copying a list.
 */
export const SENSITIVE_SCOPES = [
  'students:health',
  'students:eligibility',
  'students:catering',
  'students:send',
  'notes:read',
  'notes:write',
] as const satisfies readonly Scope[];

export const APP_SCOPES: readonly Scope[] = EVERY_SCOPE.filter((scope) => !NEVER_AN_APPS.has(scope));

export const isSensitive = (scope: string): boolean => SENSITIVE_SCOPES.some((each) => each === scope);

/** Of scopes that are stored somewhere those that an app may have today. */
export const appScopesOf = (stored: readonly string[]): Scope[] => APP_SCOPES.filter((scope) => stored.includes(scope));
