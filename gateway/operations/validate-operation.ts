/**
 * Validation of a document against the schema. What graphql-js says of a value that does not fit has the value in it,
 * which may be a pupil's number: told instead is the place and what was expected.
 */
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  specifiedRules,
  type ValidationContext,
  type ValidationRule,
  ValuesOfCorrectTypeRule,
  validate,
} from 'graphql';
import { FiniteNumbersRule } from './finite-numbers.ts';
import { KnownOperationTypesRule } from './operation-types.ts';
import { createQuietMessages } from './quiet-messages.ts';

/** Enough to see what is wrong; each error is an answer's length that a request of one word could ask for. */
const MOST_ERRORS = 10;

/** Empty where it is valid. Who does not see the schema is told no name of it that the document has not. */
export function validateOperation(schema: GraphQLSchema, document: DocumentNode, seesSchema: boolean): GraphQLError[] {
  const errors = validate(schema, document, RULES, { maxErrors: MOST_ERRORS, hideSuggestions: true });
  const tell = seesSchema || errors.length === 0 ? asItIs : createQuietMessages(document);
  return errors.map(
    ({ message, nodes }) =>
      new GraphQLError(tell(message), { ...(nodes && { nodes }), extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }),
  );
}

const asItIs = (message: string): string => message;

/** These of the rule's messages name fields of the schema and no value. */
const ABOUT_FIELDS = /^(Field "|OneOf Input Object ")/;

const ValuesWithoutEchoRule: ValidationRule = (context) => {
  const quiet: ValidationContext = Object.create(context, {
    reportError: {
      value({ message, nodes }: GraphQLError) {
        const expected = context.getInputType();
        const told = ABOUT_FIELDS.test(message) ? message : `Expected a value of type "${expected}".`;
        context.reportError(new GraphQLError(told, { ...(nodes && { nodes }) }));
      },
    },
  });
  return ValuesOfCorrectTypeRule(quiet);
};

const RULES = [
  ...specifiedRules.map((rule) => (rule === ValuesOfCorrectTypeRule ? ValuesWithoutEchoRule : rule)),
  FiniteNumbersRule,
  KnownOperationTypesRule,
];
