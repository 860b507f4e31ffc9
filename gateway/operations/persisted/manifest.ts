/** Lists of operations as compilers of clients write them. Every problem says where it is and what was expected. */
import { type DocumentNode, GraphQLError } from 'graphql';
import { canonicalHash } from './canonical-text.ts';
import { type GraphqlFile, readGraphqlFiles } from './graphql-files.ts';
import { ID_EXPECTED, readOperationId } from './operation-id.ts';
import { onlyOperationOf, parsedText } from './operation-text.ts';
import type { StatedOperation, TellProblem } from './stated-operation.ts';

export interface ManifestFile {
  path: string;
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
    else if (file.path.endsWith('.json')) stated.push(...readJson(file, problem));
    else problem(file.path, null, 'expected a name that ends in .graphql, .gql or .json.');
  stated.push(...readGraphqlFiles(graphqlFiles, problem));
  const read = stated.flatMap((each) => readOperation(each, problem) ?? []);
  return { operations: withoutTwins(read, problem), problems };
}

const APOLLO_FORMAT = 'apollo-persisted-query-manifest';
const FORMATS_EXPECTED = `expected Apollo's manifest ({"format": "${APOLLO_FORMAT}", "version": 1, "operations": […]}) or Relay's map ({"<id>": "<text>"}).`;

function readJson({ path, content }: ManifestFile, problem: TellProblem): StatedOperation[] {
  const manifest = parsed(content);
  if (!isRecord(manifest)) {
    problem(path, null, FORMATS_EXPECTED);
    return [];
  }
  if (!('format' in manifest) && !('operations' in manifest))
    return Object.entries(manifest).map(([id, text]) => ({ path, label: `operation "${id}"`, id, text }));
  const { format, version, operations } = manifest;
  if (format !== APOLLO_FORMAT || version !== 1 || !Array.isArray(operations)) {
    problem(path, null, FORMATS_EXPECTED);
    return [];
  }
  return operations.flatMap((operation: unknown, index) => {
    const label = `operation ${index + 1}`;
    if (!isRecord(operation)) {
      problem(path, label, 'expected {"id", "body", "name", "type"}.');
      return [];
    }
    const { id, body: text, name, type } = operation;
    return [{ path, label: typeof name === 'string' ? `operation "${name}"` : label, id, text, name, type }];
  });
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
  const document = parsedText(text);
  if (document instanceof GraphQLError) return tell(`expected GraphQL. ${document.message}`);
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

function parsed(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
