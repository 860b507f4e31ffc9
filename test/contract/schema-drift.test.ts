import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generatedFiles } from '../../schema/generated-files.ts';
import { subgraphSchemas } from '../../schema/subgraph-schemas.ts';
import { ROOT } from './source-files.ts';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

describe('what is generated', () => {
  it('is committed as the schemas say: run `npm run schema` where it is not', async () => {
    for (const [path, content] of await generatedFiles()) expect(read(path) === content, path).toBe(true);
  });
});

describe('our own directives', () => {
  const definition = read('schema/directives.graphql')
    .replace(/^#.*\n/gm, '')
    .trim();

  it.each(subgraphSchemas().map(({ name, sdl }) => ({ name, sdl })))('stand in $name to the letter', ({ sdl }) => {
    expect(sdl).toContain(definition);
  });
});
