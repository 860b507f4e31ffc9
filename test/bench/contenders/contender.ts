import type { BenchOperation, Size } from '../graph/operations.ts';
import type { Program } from '../machine/program.ts';

/** What a contender is given to serve. */
export interface BenchGraph {
  /** A file. */
  supergraph: string;
  /** A folder of the run's own, which it ends with. */
  folder: string;
  /** Where each subgraph answers, by its name. */
  urls: Readonly<Record<string, string>>;
}

interface ContenderRequest {
  path: string;
  body: object;
}

export interface Contender {
  /** By which it is chosen on the command line. */
  name: string;
  title: string;
  /** Runs the subgraphs, too: its figures stand beside those of its like. */
  isInProcess?: boolean;
  isOurs?: boolean;
  /** The operations that it can answer; left out: both. */
  sizes?: readonly Size[];
  /** `flags` are Node's. Throws why it cannot be had here. */
  start(graph: BenchGraph, flags: readonly string[]): Promise<{ program: Program; port: number }>;
  requestOf(operation: BenchOperation, variables: BenchOperation['variables'][number]): ContenderRequest;
}

/** As any client asks any GraphQL server. */
export const asText: Contender['requestOf'] = ({ text, name }, variables) => ({
  path: '/graphql',
  body: { query: text, operationName: name, variables },
});

/** By the line that a server writes once it listens. */
export async function listening(program: Program, line: RegExp): Promise<{ program: Program; port: number }> {
  try {
    const [, port] = await program.says(line);
    return { program, port: Number(port) };
  } catch (error) {
    await program.stop();
    throw error;
  }
}
