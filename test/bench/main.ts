/** `npm run bench`: what requests cost, measured and written down. */
import { runCommand } from '../../subgraphs/kernel/process/run-command.ts';
import { parseArguments, USAGE } from './command/arguments.ts';
import { runGatewayBench } from './gateway/run.ts';
import { runPolicyBench } from './policy/run.ts';

const words = process.argv.slice(2);

await runCommand({
  usage: USAGE,
  parse: parseArguments,
  async run(task) {
    const tell = (line: string): void => console.log(line);
    return task.bench === 'gateway' ? runGatewayBench(task, words, tell) : runPolicyBench(tell);
  },
});
