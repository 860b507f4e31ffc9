/** `npm run gateway`: the only public door in a process of its own; the subgraphs run elsewhere. */
import { runCommand } from '../subgraphs/kernel/process/run-command.ts';
import { readOptions, USAGE } from './main/options.ts';

await runCommand({
  usage: USAGE,
  parse: readOptions,
  async serve(options, lifetime, tell) {
    // what the help does not need is loaded where it is needed
    const { serve } = await import('./main/serve.ts');
    await serve(options, lifetime, tell);
  },
});
