import { describe, expect, it } from 'vitest';
import { UsageError } from '../../subgraphs/kernel/process/run-command.ts';
import { taskOf } from './task.ts';

describe('what npm run operations is asked for', () => {
  it.each([
    [
      'publish --client web --version 1.0.0 a.graphql b.json',
      { name: 'publish', client: 'web', version: '1.0.0', files: ['a.graphql', 'b.json'], supergraph: undefined },
    ],
    ['list', { name: 'list', client: undefined }],
    ['list --client web', { name: 'list', client: 'web' }],
    [
      'retire --client web --version 1.0.0',
      { name: 'retire', client: 'web', version: '1.0.0', usedWithinDays: 30, force: false },
    ],
    [
      'retire --client web --version 1.0.0 --used-within 7 --force',
      { name: 'retire', client: 'web', version: '1.0.0', usedWithinDays: 7, force: true },
    ],
    ['check', { name: 'check', isPartner: false, files: [], supergraph: undefined }],
    ['check --published --supergraph s.graphql', { name: 'check-published', supergraph: 's.graphql' }],
    [
      'check --supergraph s.graphql a.json',
      { name: 'check', isPartner: false, files: ['a.json'], supergraph: 's.graphql' },
    ],
    ['publish --help', null],
  ])('is read: %s', (words, task) => {
    expect(taskOf(words.split(' '))).toEqual(task);
  });

  it.each([
    ['', 'Expected "publish", "list", "retire" or "check".'],
    ['check --published a.json', 'Expected no files.'],
    ['check --published --partner', '--partner: expected without it for what is published, which has its client.'],
    ['constructor', 'Expected "publish", "list", "retire" or "check".'],
    ['publish --version 1 a.graphql', '--client: expected the name of a client.'],
    ['publish --client web a.graphql', '--version: expected up to 64 letters'],
    ['publish --client web --version 1/2 a.graphql', '--version: expected up to 64 letters'],
    ['publish --client web --version 1', 'Expected files with operations.'],
    ['publish --client web --version 1 --force a.graphql', '--force: expected without it for "publish".'],
    ['retire --client web --version 1 --used-within soon', '--used-within: expected a number of days.'],
    ['retire --client web --version 1 a.graphql', 'Expected no files.'],
    ['list --wrong', "Unknown option '--wrong'."],
  ])('is refused: %s', (words, told) => {
    expect(() => taskOf(words.split(' ').filter(Boolean))).toThrow(UsageError);
    expect(() => taskOf(words.split(' ').filter(Boolean))).toThrow(told);
  });
});
