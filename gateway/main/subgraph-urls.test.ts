import { describe, expect, it } from 'vitest';
import { urlsOf } from './subgraph-urls.ts';

const graph = (...urls: string[]) => ({ subgraphs: urls.map((url, index) => ({ name: `s${index}`, url })) });

describe('where a subgraph is called', () => {
  it('is where the supergraph says, unless it is configured', () => {
    expect(urlsOf(graph('http://a.example/graphql', ''), { s1: 'https://b.example/' })).toEqual({
      s0: 'http://a.example/graphql',
      s1: 'https://b.example/',
    });
  });

  it.each(['', 'CANARY', 'file:///CANARY', '//CANARY', 'javascript:CANARY'])('must be http or https: not %j', (url) => {
    expect(() => urlsOf(graph('http://a.example/', url), {})).toThrow(
      'does not say where these subgraphs are: s1. Expected an http or https URL for each',
    );
    expect(() => urlsOf(graph(url), {})).not.toThrow('CANARY');
  });

  it.each(['http://CANARY@b.example/', 'https://:CANARY@b.example/', 'https://me:CANARY@b.example/'])(
    'is no place for a secret: not %j, wherever it comes from',
    (url) => {
      const refused =
        /have a user name or a password in them: s1\. Expected URLs without: calls would not be made with them\.$/;
      for (const [urls, configured] of [
        [['http://a.example/', url], {}] as const,
        [['http://a.example/', ''], { s1: url }] as const,
      ]) {
        expect(() => urlsOf(graph(...urls), configured)).toThrow(refused);
        expect(() => urlsOf(graph(...urls), configured)).not.toThrow('CANARY');
      }
    },
  );
});
