/** How every command starts and ends: help, exit codes, and errors that are told without their secrets. */
import { parseArgs } from 'node:util';
import { failureOf, type Lifetime, runUntilAsked } from './lifetime.ts';

interface Command<Task> {
  usage: string;
  /** Null where help is asked for. Throws UsageError. */
  parse(args: readonly string[]): Task | null;
}

/** What does its work and ends; resolves with the exit code: 0, or 1 where what it found is not as it should be. */
interface ShortCommand<Task> extends Command<Task> {
  run(task: Task): Promise<number>;
}

/** What runs until a signal asks for its end. */
interface Server<Task> extends Command<Task> {
  serve(task: Task, lifetime: Lifetime, tell: (line: string) => void): Promise<void>;
}

/** The caller's mistake in calling the command: its message says what was expected, and of values only options' names. */
export class UsageError extends Error {}

/** For a command that takes nothing: `parse`. */
export function takesNothing(args: readonly string[]): object | null {
  try {
    const { help } = parseArgs({ args: [...args], options: { help: { type: 'boolean', short: 'h' } } }).values;
    return help ? null : {};
  } catch {
    throw new UsageError('Expected no option but --help.');
  }
}

/** Of what `parseArgs` threw: the sentence that names the option. Advice on words that begin with "-" follows it. */
export const optionProblem = (error: unknown): string =>
  `${(error as Error).message.split(/\.\s/)[0]?.replace(/\.$/, '')}.`;

const tell = (line: string): void => console.log(line);

/** Exit codes: 0 done, or asked to stop; 1 not done; 2 called wrongly. */
export async function runCommand<Task>(
  command: ShortCommand<Task> | Server<Task>,
  args: readonly string[] = process.argv.slice(2),
): Promise<void> {
  try {
    const task = command.parse(args);
    if (task === null) tell(command.usage);
    else if ('serve' in command) await runUntilAsked((lifetime) => command.serve(task, lifetime, tell), tell);
    else process.exitCode = await runToItsEnd(() => command.run(task));
  } catch (error) {
    const isUsage = error instanceof UsageError;
    // the reason last, where the cursor is
    console.error(isUsage ? `${command.usage}\n\n${error.message}` : failureOf(error));
    process.exitCode = isUsage ? 2 : 1;
  }
}

function runToItsEnd(run: () => Promise<number>): Promise<number> {
  // an exit, unlike a signal's own end, takes the embedded database with it
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
  return run();
}
