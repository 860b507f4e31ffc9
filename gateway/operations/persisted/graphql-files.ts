/**
 * Operations in files of their own. A file has one operation, with fragments or without; a file of fragments alone is for
 * every operation of its folder. What is published is the operation with the fragments that it uses, as graphql-js prints
 * it, operation first and fragments by name; its id is the SHA-256 of that. So comments and layout change no id.
 */
import { dirname } from 'node:path';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  Source,
  visit,
} from 'graphql';
import { canonicalText } from './canonical-text.ts';
import { sha256Of } from './operation-id.ts';
import { onlyOperationOf, parsedText, placeOf } from './operation-text.ts';
import type { StatedOperation, TellProblem } from './stated-operation.ts';

export interface GraphqlFile {
  path: string;
  folder?: string;
  content: string;
}

interface ReadFile {
  path: string;
  folder: string;
  fragments: FragmentDefinitionNode[];
  /** Null in a file of fragments. */
  operation: OperationDefinitionNode | null;
}

export function readGraphqlFiles(files: readonly GraphqlFile[], problem: TellProblem): StatedOperation[] {
  const read = files.flatMap((file) => readFile(file, problem) ?? []);
  return read.flatMap((file) => {
    if (!file.operation) return [];
    const shared = read.filter(({ folder, operation }) => folder === file.folder && !operation);
    const known = fragmentsOf([file, ...shared], problem);
    const used = usedBy(file.operation, known);
    const written: DocumentNode = { kind: Kind.DOCUMENT, definitions: [file.operation, ...used] };
    const text = canonicalText(written);
    // what is wrong with it is told by its place in the files, what is counted of it is counted of the text
    const document = { ...written, tokenCount: parse(text).tokenCount };
    const label = `operation "${file.operation.name?.value ?? ''}"`;
    return [{ path: file.path, label, id: sha256Of(text), text, document }];
  });
}

function readFile({ path, folder = dirname(path), content }: GraphqlFile, problem: TellProblem): ReadFile | null {
  const document = parsedText(new Source(content, path));
  if (document instanceof GraphQLError) {
    problem(path, null, `expected GraphQL. ${document.message}${placeOf(document)}`);
    return null;
  }
  const fragments = fragmentsIn(document);
  const operation = onlyOperationOf(document);
  if (!operation && fragments.length < document.definitions.length) {
    problem(path, null, 'expected one operation with its fragments, or fragments alone.');
    return null;
  }
  return { path, folder, fragments, operation };
}

const fragmentsIn = ({ definitions }: DocumentNode): FragmentDefinitionNode[] =>
  definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);

function fragmentsOf(files: readonly ReadFile[], problem: TellProblem): Map<string, FragmentDefinitionNode> {
  const known = new Map<string, FragmentDefinitionNode>();
  for (const { path, fragments } of files)
    for (const fragment of fragments) {
      const { value: name } = fragment.name;
      const other = known.get(name);
      if (other && print(other) !== print(fragment))
        problem(path, `fragment "${name}"`, 'expected a name of its own in its folder: another fragment has it.');
      known.set(name, fragment);
    }
  return known;
}

/** With those that they use themselves; one that is in no file is left for validation to tell of. */
function usedBy(
  operation: OperationDefinitionNode,
  known: ReadonlyMap<string, FragmentDefinitionNode>,
): FragmentDefinitionNode[] {
  const used = new Map<string, FragmentDefinitionNode>();
  const look = (node: OperationDefinitionNode | FragmentDefinitionNode): void => {
    visit(node, {
      FragmentSpread({ name: { value: name } }) {
        const fragment = known.get(name);
        if (!fragment || used.has(name)) return;
        used.set(name, fragment);
        look(fragment);
      },
    });
  };
  look(operation);
  return [...used.values()];
}
