/**
 * What a plan changes in what is sent to a subgraph, or in what it said: the type name by which a subgraph knows an
 * interface object, and keys of fields that had to be asked for under another name.
 */
import type { FetchDataRewrite } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { type AnswerObject, isObject } from './places.ts';
import { createIsOfType } from './types-in-answers.ts';

/** Changes the value that it is given. */
type Rewrite = (value: unknown) => void;

const FRAGMENT = '... on ';

/** Null where there is nothing to change. */
export function compileRewrites(schema: GraphQLSchema, rewrites: readonly FetchDataRewrite[] = []): Rewrite | null {
  if (rewrites.length === 0) return null;
  const compiled = rewrites.map((rewrite) => compileRewrite(schema, rewrite));
  return (value) => {
    for (const rewrite of compiled) rewrite(value);
  };
}

function compileRewrite(schema: GraphQLSchema, rewrite: FetchDataRewrite): Rewrite {
  const key = rewrite.path.at(-1);
  if (key === undefined || key.startsWith(FRAGMENT)) throw new Error('Expected a rewrite of a plan to end at a field.');
  const change: (object: AnswerObject) => void =
    rewrite.kind === 'ValueSetter'
      ? (object) => {
          object[key] = rewrite.setValueTo;
        }
      : (object) => {
          const value = object[key];
          if (value === undefined) return;
          object[rewrite.renameKeyTo] = value;
          delete object[key];
        };
  return rewrite.path.slice(0, -1).reduceRight<Rewrite>(
    (next, element) => at(schema, element, next),
    (value) => onObjects(value, change),
  );
}

function at(schema: GraphQLSchema, element: string, next: Rewrite): Rewrite {
  if (!element.startsWith(FRAGMENT)) return (value) => onObjects(value, (object) => next(object[element]));
  const isOfType = createIsOfType(schema, element.slice(FRAGMENT.length), true);
  return (value) =>
    onObjects(value, (object) => {
      if (isOfType(object)) next(object);
    });
}

function onObjects(value: unknown, work: (object: AnswerObject) => void): void {
  if (Array.isArray(value)) for (const item of value) onObjects(item, work);
  else if (isObject(value)) work(value);
}
