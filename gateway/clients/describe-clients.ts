/** Clients and app grants as a person reads them in a terminal. */
import { isInForce } from '../auth/clients.ts';
import type { ListedClient, ListedClients, ListedGrant } from '../store/administer-clients.ts';

/** `today`: `YYYY-MM-DD`. */
export function describeClients({ clients, grants }: ListedClients, now: Date, today: string): string {
  if (clients.length === 0) return 'There are no clients.';
  return clients
    .map((client) => {
      const own = grants.filter((grant) => grant.client === client.name);
      return [describeClient(client, now), ...own.flatMap((grant) => describeGrant(grant, today))].join('\n');
    })
    .join('\n\n');
}

function describeClient(client: ListedClient, now: Date): string {
  const { name, title, mode, isPartner, isApp, retiredAt, previousSecretUntil } = client;
  const kind = isPartner ? 'partner’s app' : isApp ? 'app' : 'persons come by it';
  const facts = [title, kind, mode];
  if (retiredAt) facts.push(`retired ${dateOf(retiredAt)}`);
  else if (previousSecretUntil && now < previousSecretUntil)
    facts.push(`the secret before lives until ${previousSecretUntil.toISOString()}`);
  return `${name}: ${facts.join(', ')}`;
}

const describeGrant = (grant: ListedGrant, today: string): string[] => [
  `  ${grant.id}  school ${grant.school}, ${grant.from} to ${grant.to}, ${stateOf(grant, today)}`,
  `    purpose     ${grant.purpose} (${grant.ground})`,
  `    operations  ${grant.operations.join(', ')}`,
  `    scopes      ${grant.scopes.join(', ')}`,
];

function stateOf(grant: ListedGrant, today: string): string {
  if (grant.revokedAt) return `revoked ${dateOf(grant.revokedAt)}`;
  if (isInForce(grant, today)) return 'in force';
  return today < grant.from ? 'not yet in force' : 'ended';
}

const dateOf = (moment: Date): string => moment.toISOString().slice(0, 10);
