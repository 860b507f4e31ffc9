/** Makes faults of choices, over the subgraphs of a world. */
import { type GraphQLSchema, isObjectType } from 'graphql';
import { createRandom } from '../../../attack/random.ts';
import { BY_KEY, CALL_FAILURES, ERROR_CODES, type Fault, type Half, WRONG_KINDS } from '../faults.ts';
import { nameOf } from '../subgraph-of-world.ts';
import type { FaultChoice } from './choices.ts';

const HALVES: readonly Half[] = ['all', 'even', 'odd'];

export function writeFaults(
  subgraphs: ReadonlyMap<string, { schema: GraphQLSchema }>,
  choices: readonly FaultChoice[],
): Fault[] {
  const places = [...subgraphs.values()].flatMap(({ schema }) => fieldsOf(schema));
  return choices.map(({ kind, where, how }): Fault => {
    const random = createRandom(how, 'fault', where);
    const place = places[where % places.length] as (typeof places)[number];
    const of = random.pick(HALVES);
    if (kind % 10 < 4) return { kind: 'null', ...place, of };
    if (kind % 10 < 7) {
      const code = random.pick([undefined, ...ERROR_CODES]);
      return { kind: 'error', ...place, of, ...(code !== undefined && { code }) };
    }
    if (kind % 10 < 8 && place.field !== BY_KEY)
      return { kind: 'wrong', field: place.field, value: random.pick(WRONG_KINDS) };
    return { kind: 'call', subgraph: random.pick([...subgraphs.keys()]), how: random.pick(CALL_FAILURES) };
  });
}

function fieldsOf(schema: GraphQLSchema): { type: string; field: string }[] {
  const types = Object.values(schema.getTypeMap()).filter(isObjectType);
  return types
    .filter(({ name }) => !name.startsWith('_'))
    .flatMap((type) =>
      [...Object.keys(type.getFields()), BY_KEY]
        .filter((name) => name === BY_KEY || !name.startsWith('_'))
        .map((field) => ({ type: nameOf(type, schema), field })),
    );
}
