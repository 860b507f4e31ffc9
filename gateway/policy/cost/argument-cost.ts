/** What the arguments of a field add to its cost: what is given, or holds by default, weighs with its items and input fields. */
import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import type { CostRules } from './cost-rules.ts';
import type { GivenValue } from './given-value.ts';
import type { Term } from './terms.ts';

/** An input object weighs this where nothing is stated; other values nothing. */
const INPUT_OBJECT_WEIGHT = 1;

type CostOfValue = (value: unknown) => number;

/** `coordinate`: the argument's. */
type ArgumentCost = (coordinate: string, argument: GraphQLArgument, given: GivenValue) => Term;

export function createArgumentCost(rules: CostRules): ArgumentCost {
  const ofInputObjects = new Map<string, Map<string, CostOfValue>>();

  /** By the fields of an input object; made when it is first asked for, since input objects may hold each other. */
  const fieldsOf = (type: GraphQLInputType): Map<string, CostOfValue> => {
    const named = getNamedType(type);
    if (!isInputObjectType(named)) return new Map();
    let fields = ofInputObjects.get(named.name);
    if (!fields) {
      fields = new Map();
      ofInputObjects.set(named.name, fields);
      for (const field of Object.values(named.getFields()))
        fields.set(field.name, costOfValue(`${named.name}.${field.name}`, field));
    }
    return fields;
  };

  const costOfValue = (coordinate: string, { type }: GraphQLArgument | GraphQLInputField): CostOfValue => {
    const named = getNamedType(type);
    const usual = isInputObjectType(named) ? INPUT_OBJECT_WEIGHT : 0;
    const weight = rules.weightOf(coordinate) ?? rules.weightOf(named.name) ?? usual;
    const ofItem = (value: unknown): number => {
      if (value === null || value === undefined) return 0;
      if (Array.isArray(value) && isListOfInputs(type))
        return value.reduce<number>((all, each) => all + ofItem(each), 0);
      if (!isInputObjectType(named)) return weight;
      let cost = weight;
      for (const [name, ofField] of fieldsOf(named)) cost += ofField((value as Record<string, unknown>)[name]);
      return cost;
    };
    return ofItem;
  };

  return (coordinate, argument, given) => {
    const cost = costOfValue(coordinate, argument);
    if (given.known) return cost(given.value);
    return {
      of: (variables) => cost(given.value(variables)),
      least: rules.leastWeight < 0 ? Number.NEGATIVE_INFINITY : 0,
    };
  };
}

/** A scalar of the schema's own may hold an array, which is one value. */
const isListOfInputs = (type: GraphQLInputType): boolean =>
  isListType(type) || (isNonNullType(type) && isListType(type.ofType));
