/**
 * What of a schema is in a contract, as GraphOS's contracts have it
 * (https://www.apollographql.com/docs/graphos/platform/schema-management/delivery/contracts/reference), and closed by
 * default throughout: fields, arguments, input fields, enum values and unions are in it where they are tagged, on
 * themselves or (but for arguments) on their type. Of these there is in it what is reached from its root fields.
 */
import {
  type GraphQLArgument,
  type GraphQLEnumType,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type GraphQLUnionType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isUnionType,
} from 'graphql';
import { defaultProblems, implementationProblems } from './contract-problems.ts';
import { argumentPlace, type Places } from './tags.ts';

type Composite = GraphQLObjectType | GraphQLInterfaceType;

/** Throws an error that says all that does not hold. */
export function contractPlaces(name: string, schema: GraphQLSchema, tagged: Places): Places {
  const places = new Set<string>();
  const problems: string[] = [];
  const isTagged = (type: GraphQLNamedType, place: string): boolean => tagged.has(type.name) || tagged.has(place);
  const fieldsIn = (type: Composite) =>
    Object.values(type.getFields()).filter((field) => isTagged(type, `${type.name}.${field.name}`));
  const hasFieldsIn = (type: Composite): boolean => fieldsIn(type).length > 0;

  /** `by`: the place that needs it. */
  const reach = (type: GraphQLNamedType, by: string): void => {
    if (places.has(type.name)) return;
    places.add(type.name);
    if (isObjectType(type) || isInterfaceType(type)) reachFields(type, by);
    else if (isUnionType(type)) reachMembers(type, by);
    else if (isInputObjectType(type)) reachInputFields(type, by);
    else if (isEnumType(type)) reachValues(type, by);
  };
  const reachFields = (type: Composite, by: string): void => {
    const fields = fieldsIn(type);
    if (fields.length === 0) problems.push(`${by} gives ${type.name}, of which no field is tagged.`);
    for (const field of fields) reachField(`${type.name}.${field.name}`, field);
    for (const each of type.getInterfaces()) if (hasFieldsIn(each)) reach(each, type.name);
    if (isInterfaceType(type)) reachSome(schema.getPossibleTypes(type).filter(hasFieldsIn), type, by);
  };
  const reachField = (place: string, { type, args }: GraphQLField<unknown, unknown>): void => {
    places.add(place);
    reach(getNamedType(type), place);
    for (const argument of args) reachArgument(argumentPlace(place, argument.name), argument);
  };
  const reachArgument = (place: string, argument: GraphQLArgument): void => {
    if (tagged.has(place)) {
      places.add(place);
      reach(getNamedType(argument.type), place);
    } else if (isRequiredArgument(argument)) problems.push(`${place} is required, and not tagged.`);
  };
  const reachMembers = (type: GraphQLUnionType, by: string): void => {
    if (!tagged.has(type.name)) problems.push(`${by} gives ${type.name}, which is not tagged.`);
    reachSome(type.getTypes().filter(hasFieldsIn), type, by);
  };
  const reachSome = (types: readonly GraphQLObjectType[], behind: GraphQLNamedType, by: string): void => {
    if (types.length === 0)
      problems.push(`${by} gives ${behind.name}, behind which no type has a field that is tagged.`);
    for (const type of types) reach(type, behind.name);
  };
  const reachInputFields = (type: GraphQLInputObjectType, by: string): void => {
    const all = Object.values(type.getFields());
    const inContract = (field: GraphQLInputField) => isTagged(type, `${type.name}.${field.name}`);
    if (!all.some(inContract)) problems.push(`${by} takes ${type.name}, of which no field is tagged.`);
    for (const field of all) {
      const place = `${type.name}.${field.name}`;
      if (inContract(field)) {
        places.add(place);
        reach(getNamedType(field.type), place);
      } else if (isRequiredInputField(field)) problems.push(`${place} is required, and not tagged.`);
    }
  };
  const reachValues = (type: GraphQLEnumType, by: string): void => {
    const values = type.getValues().filter((value) => isTagged(type, `${type.name}.${value.name}`));
    if (values.length === 0) problems.push(`${by} needs ${type.name}, of which no value is tagged.`);
    for (const value of values) places.add(`${type.name}.${value.name}`);
  };

  for (const root of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()])
    if (root && (root === schema.getQueryType() || hasFieldsIn(root))) reach(root, 'A query');
  problems.push(...implementationProblems(schema, places), ...defaultProblems(schema, places));
  if (problems.length === 0) return places;
  throw new Error(`The contract "${name}" does not hold:\n${problems.map((problem) => `- ${problem}`).join('\n')}`);
}
