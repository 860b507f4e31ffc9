import { describe, expect, it } from 'vitest';
import { parseSupergraph } from './composed-document.ts';

const FEDERATION_1 = `schema @core(feature: "https://specs.apollo.dev/core/v0.2")
  @core(feature: "https://specs.apollo.dev/join/v0.1", for: EXECUTION) { query: Query }
  type Query { a: Int }`;
const SUBGRAPH = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
  type Query { a: Int }`;
const RENAMED_LINK = `schema @connect(url: "https://specs.apollo.dev/link/v1.0", as: "connect")
  @connect(url: "https://specs.apollo.dev/join/v0.3", for: EXECUTION)
  @connect(url: "https://example.org/secret/v1.0", for: SECURITY) { query: Query }
  type Query { a: Int }`;

describe('a file that is no supergraph', () => {
  it.each([
    ['of Federation 1', FEDERATION_1, /composed by Federation 1\. Expected what composition writes for Federation 2/],
    ['of one subgraph', SUBGRAPH, /schema of one subgraph, which is composed first/],
    ['a schema', 'type Query { a: Int }', /a schema that was not composed/],
    ['JSON', '{ "CANARY": 1 }', /does not parse at line 1, column 3/],
    ['cut off', 'type Query {\n  CANARY: ', /does not parse at line 2, column 11/],
    ['empty', '', /does not parse at line 1, column 1/],
    // its features could not be told apart from anybody's directives, those for security among them
    ['with @link under another name', RENAMED_LINK, /a schema that was not composed/],
  ])('%s is told of with what was expected, and nothing of it', (_what, text, message) => {
    expect(() => parseSupergraph(text)).toThrow(message);
    expect(() => parseSupergraph(text)).not.toThrow(/CANARY/);
  });
});
