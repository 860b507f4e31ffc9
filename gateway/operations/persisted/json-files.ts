/** Apollo's manifest (`apollo-persisted-query-manifest`, version 1), and Relay's map of ids to texts. */
import { parsedJson } from './json-text.ts';
import type { StatedOperation, TellProblem } from './stated-operation.ts';

interface JsonFile {
  path: string;
  content: string;
}

const APOLLO_FORMAT = 'apollo-persisted-query-manifest';
const FORMATS_EXPECTED = `expected Apollo's manifest ({"format": "${APOLLO_FORMAT}", "version": 1, "operations": […]}) or Relay's map ({"<id>": "<text>"}).`;

export function readJsonFile({ path, content }: JsonFile, problem: TellProblem): StatedOperation[] {
  const read = parsedJson(content);
  if ('problem' in read) {
    problem(path, null, read.problem);
    return [];
  }
  const manifest = read.value;
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

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
