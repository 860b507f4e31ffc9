/** `npm run gateway`: the only public door in a process of its own; the subgraphs run elsewhere. */
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { runUntilAsked } from '../subgraphs/kernel/process/lifetime.ts';
import { type Options, readOptions, USAGE } from './main/options.ts';

const tell = (line: string): void => console.log(line);

let options: Options | null = null;
try {
  options = readOptions(process.argv.slice(2));
} catch (error) {
  console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
  process.exit(2);
}
if (!options) {
  tell(USAGE);
  process.exit(0);
}
// Compiled once for all starts, in a place as safe as the packages themselves; where it may not write it goes without.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/node', import.meta.url)));
// what the help does not need is loaded where it is needed
const { serve } = await import('./main/serve.ts');
await runUntilAsked((lifetime) => serve(options, lifetime, tell), tell);
