/**
 * The stock planner looks for variables in the literals of an operation, and walks each list of them twice
 * (`collectVariablesInValue` takes a list as a list, and then as an object): lists in lists of 35 levels are 2^35 steps,
 * in a text of a hundred bytes. Here every value is looked at once, and without calls that go as deep as it does.
 */
import { isVariable, VariableCollector } from '@apollo/federation-internals';

/** Holds for the process: the planner knows no other collector. */
export function walkLiteralsOnce(): void {
  VariableCollector.prototype.collectInArguments = function collectInArguments(args): void {
    const open: unknown[] = [args];
    while (open.length > 0) {
      const value = open.pop();
      if (isVariable(value)) this.add(value);
      else if (typeof value === 'object' && value !== null) for (const each of Object.values(value)) open.push(each);
    }
  };
}
