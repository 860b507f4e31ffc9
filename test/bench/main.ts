/** `npm run bench`: what requests cost, measured and written down. */
import { runCommand } from '../../subgraphs/kernel/process/run-command.ts';
import { parseArguments, USAGE } from './command/arguments.ts';

const words = process.argv.slice(2);

await runCommand({
  usage: USAGE,
  parse: parseArguments,
  async run(task) {
    const tell = (line: string): void => console.log(line);
    // each loads what it measures, and no more
    if (task.bench === 'flood') return (await import('./flood/run.ts')).runFloodBench(tell);
    if (task.bench === 'policy') return (await import('./policy/run.ts')).runPolicyBench(tell);
    return (await import('./gateway/run.ts')).runGatewayBench(task, words, tell);
  },
});
