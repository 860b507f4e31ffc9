import { describe, expect, it } from 'vitest';
import { UsageError } from '../../subgraphs/kernel/process/run-command.ts';
import { readOptions, USAGE } from './options.ts';

describe('the command line of the gateway', () => {
  it('may be empty', () => {
    expect(readOptions([])).toEqual({ supergraph: undefined, port: undefined, host: undefined, operations: [] });
  });

  it('names files, a port and an address', () => {
    const operations = ['--operations', 'a.json', '--operations', 'b.graphql'];
    expect(readOptions(['--supergraph', 'a.graphql', '--port=0', '--host', '::1', ...operations])).toEqual({
      supergraph: 'a.graphql',
      port: 0,
      host: '::1',
      operations: ['a.json', 'b.graphql'],
    });
  });

  it.each(['--help', '-h'])('asks for help by %s, whatever else it says', (help) => {
    expect(readOptions(['--port', '1', help])).toBeNull();
    for (const option of ['--supergraph', '--port', '--host', '--operations', '--help'])
      expect(USAGE).toContain(option);
  });

  it.each([
    [['--colour', 'VALUE'], "Unknown option '--colour'."],
    [['VALUE'], 'Expected options only: a supergraph is given as --supergraph FILE.'],
    [['--supergraph'], "Option '--supergraph <value>' argument missing."],
    [['--port', '--host', 'VALUE'], "Option '--port' argument is ambiguous."],
    [['--supergraph', ''], '--supergraph: expected a file.'],
    [['--operations', ''], '--operations: expected a file.'],
    [['--host', ''], '--host: expected an address.'],
    [['--port', 'VALUE'], '--port: expected a port number from 0 (any free one) to 65535.'],
    [['--port', '65536'], '--port: expected a port number from 0 (any free one) to 65535.'],
    [['--help=VALUE'], "Option '-h, --help' does not take an argument."],
  ])('%j is refused, and what was expected is said', (args, message) => {
    expect(() => readOptions(args)).toThrow(new UsageError(message));
    expect(message).not.toContain('VALUE');
  });
});
