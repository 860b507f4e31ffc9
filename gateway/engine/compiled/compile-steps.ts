/** From the steps of a plan to one function that runs them. */
import type { RunStep } from './run.ts';
import type { FetchStep, Step } from './steps.ts';

export function compileStep(step: Step, compileFetch: (step: FetchStep) => RunStep): RunStep {
  const compile = (inner: Step | null): RunStep => (inner ? compileStep(inner, compileFetch) : async () => {});
  if (step.kind === 'fetch') return compileFetch(step);
  if (step.kind === 'condition') {
    const { variable } = step;
    const [taken, otherwise] = [compile(step.taken), compile(step.otherwise)];
    return (run) => (run.variables[variable] === true ? taken(run) : otherwise(run));
  }
  const steps = step.steps.map(compile);
  const [only] = steps;
  if (only && steps.length === 1) return only;
  if (step.kind === 'parallel')
    return async (run) => {
      await Promise.all(steps.map((each) => each(run)));
    };
  return async (run) => {
    for (const each of steps) await each(run);
  };
}
