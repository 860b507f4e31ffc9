/** What the rules say of a field, as sentences for its description. */
import type { Access } from '../../subgraphs/kernel/guest-access/matrix.ts';
import type { Choice, Requirement } from '../../subgraphs/kernel/scopes.ts';
import type { GuestRow, GuestRules } from './guest-rules.ts';
import type { ScopeRules } from './scope-rules.ts';

export const createRuleNotes =
  (rules: ScopeRules & GuestRules) =>
  (owner: string, name: string): string[] => {
    const rows = [...rules.guestRowsOf(owner, name), ...rules.inputRulesOf(owner, name).rows];
    return [...scopeNotes(rules.requirementOf(owner, name)), ...rows.map((row) => guestNote(row, name))];
  };

function scopeNotes(requirement: Requirement): string[] {
  const asking = requirement.filter(({ anyOf }) => anyOf.length > 0);
  if (asking.length === 0) return requirement.length > 0 ? ['For callers who are signed in.'] : [];
  return NOTED.flatMap(({ of, title }) => {
    const choices = asking.filter((choice) => choice.of === of);
    return choices.length > 0
      ? [`${title}: ${choices.map((each) => namesOf(each, choices.length > 1)).join(' and ')}.`]
      : [];
  });
}

const NOTED = [
  { of: 'scopes', title: 'Scopes' },
  { of: 'policies', title: 'Policies' },
] as const;

function namesOf({ anyOf }: Choice, isOneOfMore: boolean): string {
  const text = anyOf.map((all) => all.join(' and ')).join(anyOf.some((all) => all.length > 1) ? ', or ' : ' or ');
  return isOneOfMore && anyOf.length > 1 ? `(${text})` : text;
}

const LEVEL: Readonly<Record<Access, string>> = {
  HIDDEN: 'not seen',
  VIEW: 'seen, not edited',
  EDIT: 'seen and edited',
};

/** Of what a teaching school may do with it, and between which bounds the home school may change that. */
function guestNote({ row, usual, floor, ceiling, reason }: GuestRow, name: string): string {
  const bounds = [floor, ceiling].filter((level) => level !== usual).map((level) => LEVEL[level]);
  const whose = row === name ? 'Guests' : `Guests (${row})`;
  const may = bounds.length > 0 ? ` The home school may set: ${bounds.join('; ')}.` : '';
  return `${whose}: ${LEVEL[usual]} (${reason}).${may}`;
}
