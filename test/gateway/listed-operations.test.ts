/** `/sandbox/operations`: what a client published, told to whoever comes by it. */
import { expect, it } from 'vitest';
import { sha256Of } from '../../gateway/operations/persisted/operation-id.ts';
import type { Caller } from '../../subgraphs/kernel/caller.ts';
import { callerAs } from '../kit/callers.ts';
import { testLists } from '../kit/operation-lists.ts';
import { smallGateway } from './small-gateway.ts';

const [ONE, TWO, OTHERS] = ['query One { slow }', 'query Two { slow }', 'query Others { slow }'];

const operationLists = await testLists({
  web: { mode: 'open', versions: { '1': [ONE], '2': [TWO] } },
  other: { mode: 'open', versions: { '1': [OTHERS] } },
});

/** What is answered to a caller, by a header that names the client and its version. */
async function listed(url: string, client?: string) {
  const response = await fetch(`${url}/sandbox/operations`, { headers: client ? { authorization: client } : {} });
  expect(response.headers.get('cache-control')).toBe('no-store');
  return ((await response.json()) as { operations: unknown }).operations;
}

const authenticate = async (client: string | undefined): Promise<Caller | null> => {
  const [name = '', version = null] = client?.split(' ') ?? [];
  return client === undefined ? null : { ...callerAs('TEACHER', '900001'), client: name ? { name, version } : null };
};

const told = (name: string, version: string, text: string, variables = {}) => {
  return { id: sha256Of(text), name, version, text, variables };
};

it('are those of the caller’s own client and version', async () => {
  const url = await smallGateway({ operationLists, authenticate });
  expect(await listed(url, 'web 2')).toEqual([told('Two', '2', TWO)]);
  expect(await listed(url, 'web')).toEqual([told('One', '1', ONE), told('Two', '2', TWO)]);
  expect(await listed(url, 'other 1')).toEqual([told('Others', '1', OTHERS)]);
});

it('come by name, with the variables that are to be filled in', async () => {
  const text =
    'query Two($b: Boolean!, $list: [Int] = [1], $off: Boolean = true) { slow @skip(if: $b) @include(if: $off) }';
  const own = await testLists({ web: { mode: 'open', versions: { '1': [text, ONE] } } });
  const url = await smallGateway({ operationLists: own, authenticate });
  expect(await listed(url, 'web 1')).toEqual([
    told('One', '1', ONE),
    told('Two', '1', text, { b: null, list: [1], off: true }),
  ]);
});

it('are none for a stranger, for who comes by no client, and for a client that nobody knows', async () => {
  const url = await smallGateway({ operationLists, authenticate });
  for (const client of [undefined, ' ', 'nobody', 'web 3']) expect(await listed(url, client)).toEqual([]);
});

it('are not there where there is no sandbox', async () => {
  const url = await smallGateway({ operationLists, authenticate, settings: { introspection: 'nobody' } });
  const response = await fetch(`${url}/sandbox/operations`, { headers: { authorization: 'web 2' } });
  expect(response.status).toBe(404);
});
