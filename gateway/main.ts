/** `npm run gateway`: the only public door in a process of its own; the subgraphs run elsewhere. */
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
// what the help does not need is loaded where it is needed
const { serve } = await import('./main/serve.ts');
await runUntilAsked((lifetime) => serve(options, lifetime, tell), tell);
