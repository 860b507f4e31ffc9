import { expect, it } from 'vitest';
import { OWN_SUBGRAPH_URLS } from '../../gateway/main/subgraph-urls.ts';
import { registry } from '../../subgraphs/registry.ts';

it('a gateway on the same machine looks for each subgraph where it listens', () => {
  expect(OWN_SUBGRAPH_URLS).toEqual(
    Object.fromEntries(registry.map(({ name, port }) => [name, `http://127.0.0.1:${port}/graphql`])),
  );
});
