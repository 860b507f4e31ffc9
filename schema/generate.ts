/** `npm run schema`: composes the subgraphs, and writes everything that is generated from their schemas. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand, takesNothing } from '../subgraphs/kernel/process/run-command.ts';

const USAGE = `Usage: npm run schema

Composes the subgraphs, and writes what is generated from their schemas: in schema/ what clients and
reviewers read, and in each subgraph the types of its resolvers. It prints the files' names.

Options
  -h, --help     this text

Exit codes: 0 written, 1 not written, 2 called wrongly.`;

await runCommand({
  usage: USAGE,
  parse: takesNothing,
  async run() {
    const { generatedFiles } = await import('./generated-files.ts');
    for (const [path, content] of await generatedFiles()) {
      writeFileSync(join(import.meta.dirname, '..', path), content);
      console.log(path);
    }
    return 0;
  },
});
