/** Lists of operations as compilers of clients write them. Every problem says where it is and what was expected. */
import { type DocumentNode, GraphQLError, Source } from 'graphql';
import { canonicalHash } from './canonical-text.ts';
import { type GraphqlFile, readGraphqlFiles } from './graphql-files.ts';
import { readJsonFile } from './json-files.ts';
import { ID_EXPECTED, isNotItsHash, readOperationId } from './operation-id.ts';
import { onlyOperationOf, parsedText, placeOf } from './operation-text.ts';
import type { StatedOperation, TellProblem } from './stated-operation.ts';

export interface ManifestFile {
  /** As it is told. */
  path: string;
  /** Those of one folder share fragments; left out where the path says it. */
  folder?: string;
  content: string;
}

/** What is asked to be published, by whichever file it came. */
export interface ManifestOperation {
  id: string;
  name: string;
  text: string;
  /** Of the text in one spelling. */
  hash: string;
  type: 'query' | 'mutation';
  document: DocumentNode;
  /** The file that it stands in. */
  path: string;
}

interface Manifest {
  operations: readonly ManifestOperation[];
  /** Sentences; where there are any, nothing is published. */
  problems: readonly string[];
}

/** `.graphql` files, Apollo's manifest (`apollo-persisted-query-manifest`, version 1), and Relay's map of ids to texts. */
export function readManifests(files: readonly ManifestFile[]): Manifest {
  const problems: string[] = [];
  const problem: TellProblem = (path, about, expected) => {
    problems.push(`${path}${about === null ? '' : `, ${about}`}: ${expected}`);
  };
  const graphqlFiles: GraphqlFile[] = [];
  const stated: StatedOperation[] = [];
  for (const file of files)
    if (/\.(graphql|gql)$/.test(file.path)) graphqlFiles.push(file);
    else if (file.path.endsWith('.json')) stated.push(...readJsonFile(file, problem));
    else problem(file.path, null, 'expected a name that ends in .graphql, .gql or .json.');
  stated.push(...readGraphqlFiles(graphqlFiles, problem));
  const read = stated.flatMap((each) => readOperation(each, problem) ?? []);
  return { operations: withoutTwins(read, problem), problems };
}

function readOperation(stated: StatedOperation, problem: TellProblem): ManifestOperation | null {
  const { path, label, text } = stated;
  const tell = (expected: string): null => {
    problem(path, label, expected);
    return null;
  };
  const id = readOperationId(stated.id);
  if (id === null) return tell(`expected ${ID_EXPECTED}.`);
  if (typeof text !== 'string') return tell('expected its text as a string.');
  if (isNotItsHash(stated.id, text)) return tell('expected the SHA-256 of its text: its id says that it is that.');
  const document = stated.document ?? parsedText(new Source(text, path));
  if (document instanceof GraphQLError) return tell(`expected GraphQL. ${document.message}${placeOf(document)}`);
  const operation = onlyOperationOf(document);
  if (!operation) return tell('expected one operation with its fragments, and nothing else.');
  const name = operation.name?.value;
  if (name === undefined) return tell('expected an operation with a name: app grants name operations.');
  const { operation: type } = operation;
  if (type === 'subscription') return tell('expected a query or a mutation: subscriptions are not served.');
  if (stated.name !== undefined && stated.name !== name) return tell(`expected the name of its text, "${name}".`);
  if (stated.type !== undefined && stated.type !== type) return tell(`expected the type of its text, "${type}".`);
  return { id, name, text, hash: canonicalHash(document), type, document, path };
}

/** The same operation twice is one. Two texts under one id, or two operations of one name, are a mistake. */
function withoutTwins(operations: readonly ManifestOperation[], problem: TellProblem): ManifestOperation[] {
  const [ids, names] = [new Map<string, ManifestOperation>(), new Map<string, ManifestOperation>()];
  for (const operation of operations) {
    const { id, name, path } = operation;
    const [sameId, sameName] = [ids.get(id), names.get(name)];
    if (sameId && sameId.text !== operation.text)
      problem(path, `operation "${name}"`, `expected an id of its own: ${sameId.path} has another text under ${id}.`);
    else if (sameName && sameName.id !== id)
      problem(path, `operation "${name}"`, `expected a name of its own: ${sameName.path} has it, too.`);
    else {
      ids.set(id, operation);
      names.set(name, operation);
    }
  }
  return [...ids.values()];
}
