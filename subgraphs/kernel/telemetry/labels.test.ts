import { describe, expect, it } from 'vitest';
import { createKnownNames } from './known-names.ts';
import { boundedLabels, type Labels } from './labels.ts';

const names = createKnownNames();
names.add('route', ['/graphql']);
names.add('code', ['FORBIDDEN']);

const bounded = (labels: Record<string, unknown>) => boundedLabels(labels as Labels, names);

describe('a label', () => {
  it('has one of its declared values', () => {
    const labels = { 'http.request.method': 'POST', 'http.route': '/graphql', 'http.response.status_code': 200 };
    expect(bounded({ ...labels, 'error.code': 'FORBIDDEN' })).toEqual({ ...labels, 'error.code': 'FORBIDDEN' });
  });

  it.each([
    ['http.request.method', 'CANARY'],
    ['http.request.method', 'post'],
    ['http.route', '/graphql/canary'],
    ['http.response.status_code', 999],
    ['http.response.status_code', '200'],
    ['error.code', 'CANARY'],
    ['subgraph.name', 'students'],
    ['error.type', 'Error: canary'],
    ['circuit.state', 'canary'],
    ['limit.name', 'canary'],
    ['envelope.refusal', 'canary'],
  ])('%s of another value is told as another: %s', (label, value) => {
    expect(bounded({ [label]: value })).toEqual({ [label]: '_OTHER' });
  });

  it('that is not declared is left out', () => {
    expect(bounded({ 'user.id': 'canary', 'http.route': undefined, constructor: 'canary' })).toEqual({});
  });

  it('has a bounded number of values, however many names are made known', () => {
    const many = createKnownNames();
    for (let each = 0; each < 10_000; each++) many.add('subgraph', [`subgraph-${each}`]);
    const values = Array.from(
      { length: 10_000 },
      (_, each) => boundedLabels({ 'subgraph.name': `subgraph-${each}` }, many)['subgraph.name'],
    );
    expect(new Set(values).size).toBeLessThanOrEqual(501);
  });
});
