/** Adds to the descriptions of a schema what its directives say, which clients do not see otherwise. */
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLSchema,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from 'graphql';

/** Sentences on an output field, an input field, or an argument (`owner` is then the field: `Mutation.updateStudent`). */
type NotesOn = (owner: string, name: string) => readonly string[];

/** Changes the schema that it is given. What nothing is to be said of keeps its description to the letter. */
export function documentSchema(schema: GraphQLSchema, notesOn: NotesOn): void {
  const add = (node: Described, owner: string): void => {
    const notes = notesOn(owner, node.name);
    if (notes.length > 0) node.description = [node.description, notes.join('\n')].filter(Boolean).join('\n\n');
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (isInputObjectType(type)) for (const field of Object.values(type.getFields())) add(field, type.name);
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      add(field, type.name);
      for (const argument of field.args) add(argument, `${type.name}.${field.name}`);
    }
  }
}

type Described = Pick<GraphQLField<unknown, unknown> | GraphQLInputField | GraphQLArgument, 'name' | 'description'>;
