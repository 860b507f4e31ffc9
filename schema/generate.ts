/** `npm run schema`: composes the subgraphs, and writes everything that is generated from their schemas. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedFiles } from './generated-files.ts';

for (const [path, content] of await generatedFiles()) {
  writeFileSync(join(import.meta.dirname, '..', path), content);
  console.log(path);
}
