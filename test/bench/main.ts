/** `npm run bench`: what requests cost, measured and written down. */
import { runCommand } from '../../subgraphs/kernel/process/run-command.ts';
import { parseArguments, USAGE } from './command/arguments.ts';
import { runFloodBench } from './flood/run.ts';
import { runGatewayBench } from './gateway/run.ts';
import { runPolicyBench } from './policy/run.ts';

const words = process.argv.slice(2);

await runCommand({
  usage: USAGE,
  parse: parseArguments,
  async run(task) {
    const tell = (line: string): void => console.log(line);
    if (task.bench === 'gateway') return runGatewayBench(task, words, tell);
    return task.bench === 'policy' ? runPolicyBench(tell) : runFloodBench(tell);
  },
});
