/** What `@guestAccess` and `@guestProfileId` of a supergraph state: which rows of the guest matrix fields show and write. */
import { type DocumentNode, type FieldDefinitionNode, type InputValueDefinitionNode, Kind } from 'graphql';
import type { Access, Reason } from '../../subgraphs/kernel/guest-access/matrix.ts';
import { applicationsOf, argumentsOf, type LinkedDirectives, SPEC } from '../supergraph/linked-directives.ts';
import { subgraphAddressesOf } from '../supergraph/subgraph-addresses.ts';
import { compositesOf } from '../supergraph/type-definitions.ts';

/** One row of the guest matrix, as a field's `@guestAccess` states it. */
export interface GuestRow {
  row: string;
  /** Where the home school changed nothing. */
  usual: Access;
  /** The bounds of what the home school may set. */
  floor: Access;
  ceiling: Access;
  reason: Reason;
}

type GuestAccessArguments = Omit<GuestRow, 'row' | 'usual'> & { field?: string; default: Access };

interface InputRules {
  rows: readonly GuestRow[];
  /** The value names the guest profile, or the profiles, that the mutation is about. */
  isGuestProfileId: boolean;
}

export interface GuestRules {
  /** The rows that an output field shows. */
  guestRowsOf(typeName: string, fieldName: string): readonly GuestRow[];
  /** Types with fields that show rows: their `id` says which profile a withheld field belongs to. */
  guestTypes: ReadonlySet<string>;
  /** Of an input object's field, or of a field's argument (`Mutation.updateGuestProfile(input:)` → typeName.fieldName). */
  inputRulesOf(owner: string, name: string): InputRules;
  /** The subgraph that makes guest grants, and the type that carries them; null where the graph has none. */
  grantOwner: { subgraph: string; typeName: string } | null;
}

/** The field by which shared-teaching hands out what it grants. */
export const GRANT_FIELD = 'guestGrant';
const NO_INPUT_RULES: InputRules = { rows: [], isGuestProfileId: false };

export function readGuestRules(supergraph: DocumentNode, linked: LinkedDirectives): GuestRules {
  const { rows, types } = readOutputs(supergraph, linked);
  const inputs = readInputs(supergraph, linked);
  return {
    guestRowsOf: (typeName, fieldName) => rows.get(`${typeName}.${fieldName}`) ?? [],
    guestTypes: types,
    inputRulesOf: (owner, name) => inputs.get(`${owner}.${name}`) ?? NO_INPUT_RULES,
    grantOwner: readGrantOwner(supergraph, linked),
  };
}
/** The rows that the applications of `@guestAccess` on a field name. */
function createRowsOf(linked: LinkedDirectives) {
  const accessName = linked.nameOf(SPEC.guestAccess, 'guestAccess');
  return (node: FieldDefinitionNode | InputValueDefinitionNode): GuestRow[] =>
    applicationsOf(node, accessName).map((each) => {
      const { field, default: usual, ...stated } = argumentsOf(each) as GuestAccessArguments;
      return { ...stated, row: field ?? node.name.value, usual };
    });
}

function readOutputs(supergraph: DocumentNode, linked: LinkedDirectives) {
  const rowsOf = createRowsOf(linked);
  const rows = new Map<string, GuestRow[]>();
  const types = new Set<string>();
  for (const type of compositesOf(supergraph))
    for (const field of type.fields ?? []) {
      const shown = rowsOf(field);
      if (shown.length === 0) continue;
      rows.set(`${type.name.value}.${field.name.value}`, shown);
      types.add(type.name.value);
    }
  return { rows, types };
}

function readInputs(supergraph: DocumentNode, linked: LinkedDirectives): Map<string, InputRules> {
  const rowsOf = createRowsOf(linked);
  const idName = linked.nameOf(SPEC.guestAccess, 'guestProfileId');
  const inputs = new Map<string, InputRules>();
  const add = (owner: string, values: readonly InputValueDefinitionNode[] = []) => {
    for (const node of values) {
      const isGuestProfileId = applicationsOf(node, idName).length > 0;
      inputs.set(`${owner}.${node.name.value}`, { rows: rowsOf(node), isGuestProfileId });
    }
  };
  for (const type of compositesOf(supergraph))
    for (const field of type.fields ?? []) add(`${type.name.value}.${field.name.value}`, field.arguments);
  for (const node of supergraph.definitions)
    if (node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) add(node.name.value, node.fields);
  return inputs;
}

function readGrantOwner(supergraph: DocumentNode, linked: LinkedDirectives): GuestRules['grantOwner'] {
  const joinField = linked.nameOf(SPEC.join, 'field');
  const addresses = subgraphAddressesOf(supergraph, linked);
  for (const type of compositesOf(supergraph))
    for (const field of (type.fields ?? []).filter(({ name }) => name.value === GRANT_FIELD))
      for (const application of applicationsOf(field, joinField)) {
        const { graph, external } = argumentsOf(application) as { graph?: string; external?: boolean };
        const subgraph = addresses.get(graph ?? '')?.name;
        if (subgraph && !external) return { subgraph, typeName: type.name.value };
      }
  return null;
}
