/** `npm run gateway`: the only public door in a process of its own; the subgraphs run elsewhere. */
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { runCommand } from '../subgraphs/kernel/process/run-command.ts';
import { readOptions, USAGE } from './main/options.ts';

await runCommand({
  usage: USAGE,
  parse: readOptions,
  async serve(options, lifetime, tell) {
    // Compiled once for all starts, in a place as safe as the packages themselves; where it may not write it goes without.
    enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/node', import.meta.url)));
    // what the help does not need is loaded where it is needed
    const { serve } = await import('./main/serve.ts');
    await serve(options, lifetime, tell);
  },
});
