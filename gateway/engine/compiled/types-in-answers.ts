/** Which type an object of an answer is of, as its `__typename` says. */
import { type GraphQLSchema, isAbstractType, isInterfaceType, isObjectType } from 'graphql';
import type { AnswerObject } from './places.ts';

/** Whether an object is of a type or of one of its subtypes. */
type IsOfType = (object: AnswerObject) => boolean;

/** `unknown`: what holds of an object that does not say its type. */
export function createIsOfType(schema: GraphQLSchema, condition: string, unknown = false): IsOfType {
  const known = new Map<unknown, boolean>([[condition, true]]);
  const abstract = schema.getType(condition);
  const isSubtype = (name: string): boolean => {
    const type = schema.getType(name);
    if (!isAbstractType(abstract) || !(isObjectType(type) || isInterfaceType(type))) return false;
    return schema.isSubType(abstract, type);
  };
  return ({ __typename: name }) => {
    if (typeof name !== 'string') return unknown;
    const answer = known.get(name) ?? isSubtype(name);
    // a subgraph may say any name: those of no type are not kept
    if (schema.getType(name)) known.set(name, answer);
    return answer;
  };
}
