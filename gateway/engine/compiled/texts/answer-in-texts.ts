/**
 * The quickest way to an answer: what subgraphs said is never made objects of. Each of their texts is held against what was
 * asked, to the letter, and the client's answer is put together from pieces of them. It is made for an operation where the
 * plan shows that it can be; at the first text that is not as it should be, one with an error, a null where none may be, a
 * field too many, it is given up, and what was answered is merged as any answer is.
 */
import type { AskedObject } from '../../asked-answer.ts';
import type { CompileCall } from '../compile-call.ts';
import type { Run } from '../run.ts';
import { type FetchStep, fetchesIn, type Step } from '../steps.ts';
import { inOrder, type OtherCalls } from './compile-object.ts';
import { NotInTexts } from './not-in-texts.ts';
import { type EntityCall, entityCall, type RootCall, rootCall, type TextStep, type Texts } from './text-calls.ts';

/** The answer's text; null where it was given up. */
export type RunInTexts = (run: Run) => Promise<string | null>;

/** Null for an operation whose answer cannot be had so. Each call of the plan is sent as it was planned. */
export function compileInTexts(plan: Step, asked: AskedObject, compileCall: CompileCall): RunInTexts | null {
  try {
    return inTexts(plan, asked, compileCall);
  } catch (error) {
    if (error instanceof NotInTexts) return null;
    throw error;
  }
}

function inTexts(plan: Step, asked: AskedObject, compileCall: CompileCall): RunInTexts {
  const [roots, entities]: [RootCall[], EntityCall[]] = [[], []];
  const others: OtherCalls = {
    at: (path) => entities.filter(({ paths }) => paths.some((each) => each.join() === path.join())),
    newLeaf: counter(),
  };
  /** By place the call whose entities stand there. */
  const callAt: number[] = [];
  const newPlace = (call: number): number => callAt.push(call) - 1;
  const steps = fetchesIn(plan);
  for (const [number, step] of steps.entries()) {
    if (step.fetch.requires) entities.push(entityCall({ step, number }, { compileCall, others, newPlace }));
    else roots.push(rootCall({ step, number }, compileCall));
  }
  const ordered = inOrder(asked, new Set(), roots);
  const compiled = new Map<number, TextStep>();
  for (const each of ordered)
    if ('call' in each) compiled.set(each.call.number, each.call.compile({ ...asked, fields: each.fields }, others));
  for (const each of entities) compiled.set(each.number, each.compile());
  const run = compileStep(plan, (step) => given(compiled.get(steps.indexOf(step))));
  const rootNumbers = ordered.map((each) => ('call' in each ? each.call.number : -1));
  return async (of) => {
    const texts: Texts = { run: of, keys: callAt.map(() => []), numbers: [], pieces: [] };
    if (!(await run(texts))) return null;
    const write = writer(texts, callAt);
    return `{"data":{${rootNumbers.map((number) => write(number, 0)).join(',')}}}`;
  };
}

function counter(): () => number {
  let next = 0;
  return () => next++;
}

function compileStep(step: Step, compileFetch: (step: FetchStep) => TextStep): TextStep {
  if (step.kind === 'fetch') return compileFetch(step);
  if (step.kind === 'condition') throw new NotInTexts('a call under a condition');
  const steps = step.steps.map((each) => compileStep(each, compileFetch));
  const [only] = steps;
  if (only && steps.length === 1) return only;
  if (step.kind === 'parallel')
    return async (texts) => (await Promise.all(steps.map((each) => each(texts)))).every((isDone) => isDone);
  return async (texts) => {
    for (const each of steps) if (!(await each(texts))) return false;
    return true;
  };
}

/** Writes an entity of a call, once for all the places where it stands. */
function writer({ pieces, numbers }: Texts, callAt: readonly number[]) {
  const written: string[][] = pieces.map(() => []);
  return function write(call: number, entity: number): string {
    const known = written[call]?.[entity];
    if (known !== undefined) return known;
    let text = '';
    for (const piece of given(pieces[call]?.[entity])) {
      if (typeof piece === 'string') text += piece;
      else text += write(given(callAt[piece.place]), given(numbers[piece.place]?.[piece.index]));
    }
    given(written[call])[entity] = text;
    return text;
  };
}

/** What is there for every call, or it would have been given up. */
function given<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('Expected each call of an answer in texts to be answered.');
  return value;
}
