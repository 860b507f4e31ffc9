/** The guest matrix as a page to read: `schema/guest-access.md`. */
import { canOverride, GUEST_FIELDS, type GuestField } from '../subgraphs/kernel/guest-access/matrix.ts';

const LEVEL = { HIDDEN: 'hidden', VIEW: 'view', EDIT: 'edit' } as const;

export const guestMatrixPage = (): string => `# Guest access

What a teaching school may see and edit of a guest student, printed from \`subgraphs/kernel/guest-access/matrix.ts\` by
\`npm run schema\`. The home school's own staff see every synced row, and edit through the home record.

| row | what it is | teaching school | override by the home school | reason | before the first day | after the last day |
|---|---|---|---|---|---|---|
${GUEST_FIELDS.map(rowOf).join('\n')}
`;

const rowOf = (field: GuestField): string =>
  `| ${[
    `\`${field.name}\``,
    field.label,
    LEVEL[field.default],
    canOverride(field) ? `${LEVEL[field.floor]} to ${LEVEL[field.ceiling]}` : 'no',
    field.reason,
    outside(field, field.leadIn),
    outside(field, field.runOut),
  ].join(' | ')} |`;

function outside(field: GuestField, named: true | undefined): string {
  if (field.reason === 'NOT_SYNCED') return 'hidden';
  return field.own || named || field.name === 'displayName' || field.name === 'dates' ? 'view' : 'hidden';
}
