/**
 * Which schema there is for a client: the whole one, or for partners the contract that is tagged for them. What is not in
 * it does not exist for them: an operation that names it is answered as one that names nonsense.
 */
import { type GraphQLSchema, isEnumType } from 'graphql';
import { contractSchema } from '../supergraph/contract/contract-schema.ts';
import type { CompositionRules } from './composition-rules.ts';
import { type ContractRules, PARTNER } from './contract-rules.ts';
import { withStandIns } from './stand-ins.ts';

export type ViewName = 'whole' | typeof PARTNER;

export interface SchemaView {
  name: ViewName;
  schema: GraphQLSchema;
  /** By which answers are completed that hold nothing of the schema itself. */
  completed: GraphQLSchema;
  /** Names of types and, as `Enum.VALUE`, of enum values that are not in it: an answer has null in their place. */
  inaccessible: ReadonlySet<string>;
}

/** Whether a client is a partner's, by its name. */
export type IsPartner = (client: string) => boolean;

export interface SchemaViews {
  /** Null where the graph has nothing for who would have it. */
  views: Readonly<Record<ViewName, SchemaView | null>>;
  /** Of a client, by its name. Who comes by none sees what there is. */
  viewOf(client: string | undefined): ViewName;
}

/** Throws where the contract does not hold. */
export function createSchemaViews(
  schema: GraphQLSchema,
  rules: CompositionRules & ContractRules,
  isPartner: IsPartner = () => false,
): SchemaViews {
  const { inaccessible, interfaceObjects, partnerPlaces } = rules;
  return {
    views: {
      whole: { name: 'whole', schema, completed: withStandIns(schema, interfaceObjects), inaccessible },
      partner: partnerPlaces.size > 0 ? partnerView(schema, rules) : null,
    },
    viewOf: (client) => (client !== undefined && isPartner(client) ? PARTNER : 'whole'),
  };
}

function partnerView(
  whole: GraphQLSchema,
  { inaccessible, interfaceObjects, partnerPlaces }: CompositionRules & ContractRules,
): SchemaView {
  const schema = contractSchema(PARTNER, whole, partnerPlaces);
  const hidden = Object.values(whole.getTypeMap()).flatMap((type) => {
    const own = schema.getType(type.name);
    if (!own) return [type.name];
    const isHidden = (value: string): boolean => !(isEnumType(own) && own.getValue(value));
    return isEnumType(type)
      ? type.getValues().flatMap(({ name }) => (isHidden(name) ? [`${type.name}.${name}`] : []))
      : [];
  });
  const completed = withStandIns(schema, interfaceObjects);
  return { name: PARTNER, schema, completed, inaccessible: new Set([...inaccessible, ...hidden]) };
}
