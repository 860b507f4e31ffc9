import { describe, expect, it } from 'vitest';
import { createKnownNames } from './known-names.ts';
import type { Labels } from './labels.ts';
import { Count } from './series.ts';
import { createSeriesByLabel } from './series-by-label.ts';

function counted() {
  const names = createKnownNames();
  const series = createSeriesByLabel(names, (labels) => new Count(labels));
  return { names, ...series, told: () => [...series.all()].map(({ labels }) => labels) };
}

describe('series', () => {
  it('are one for the same labels, in whatever order and by whichever way they are found', () => {
    const { of, by, told } = counted();
    const found = [
      of({ 'cache.result': 'hit', 'limit.name': 'depth' }),
      of({ 'limit.name': 'depth', 'cache.result': 'hit', 'http.route': undefined }),
      by('cache.result', 'limit.name')('hit', 'depth'),
      by('limit.name', 'cache.result', 'http.route')('depth', 'hit', undefined),
    ];
    expect(new Set(found).size).toBe(1);
    expect(told()).toEqual([{ 'cache.result': 'hit', 'limit.name': 'depth' }]);
  });

  it('of a label that is not there are not those of a label that is', () => {
    const { by } = counted();
    const find = by('http.request.method', 'http.response.status_code');
    expect(find('POST', undefined)).not.toBe(find('POST', 200));
    expect(find('POST', undefined).labels).toEqual({ 'http.request.method': 'POST' });
  });

  it('of values that are not known are one, and stay so for values that nobody told of before', () => {
    const { by, told } = counted();
    const find = by('http.route', 'http.request.method');
    for (let each = 0; each < 1_000; each++) find(`/canary/${each}`, `CANARY${each}`).add();
    expect(find('_OTHER', '_OTHER').read()).toBe(1_000);
    expect(told()).toEqual([{ 'http.route': '_OTHER', 'http.request.method': '_OTHER' }]);
  });

  it('of a value that becomes known are its own from then on', () => {
    const { names, by, told } = counted();
    const find = by('subgraph.name');
    find('students').add();
    names.add('subgraph', ['students']);
    find('students').add();
    find('students').add();
    expect(told()).toEqual([{ 'subgraph.name': '_OTHER' }, { 'subgraph.name': 'students' }]);
    expect([find('_OTHER').read(), find('students').read()]).toEqual([1, 2]);
  });

  it('are no more than 2,000, whatever they are asked for: the rest are summed in one', () => {
    const { by, told } = counted();
    const find = by('http.request.method', 'http.response.status_code', 'limit.name');
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
      for (let status = 100; status < 600; status++)
        for (const limit of ['depth', 'fields'] as const) find(method, status, limit).add();
    expect(told()).toHaveLength(2_000);
    expect(told().at(-1)).toEqual({ 'otel.metric.overflow': true });
    expect(find('DELETE', 599, 'fields').read()).toBe(5_000 - 1_999);
    expect(find('GET', 100, 'depth').read()).toBe(1);
  });

  it('have no label that is not declared', () => {
    const { by } = counted();
    const misused = by('user.id' as keyof Labels);
    expect(misused('canary' as never).labels).toEqual({});
  });
});
