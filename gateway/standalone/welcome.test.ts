import { describe, expect, it } from 'vitest';
import { welcome } from './welcome.ts';

const said = (told: Partial<Parameters<typeof welcome>[0]>): string =>
  welcome({
    port: 4000,
    config: { dataDir: '/srv/data' },
    isDemo: true,
    introspection: 'everybody',
    notes: [],
    ...told,
  });

const pagesIn = (text: string): string[] =>
  [...text.matchAll(/http:\/\/localhost:4000(\/\S+) {2,}/g)].map(([, address = '']) => address);

describe('whoever starts the graph', () => {
  it('is told of the pages that are there, and of no other', () => {
    expect(pagesIn(said({}))).toEqual(['/sandbox', '/sandbox/graph', '/guest-access']);
    expect(pagesIn(said({ introspection: 'signed-in' }))).toEqual(['/sandbox', '/guest-access']);
    expect(pagesIn(said({ introspection: 'nobody' }))).toEqual(['/guest-access']);
  });

  it('is told that it is ready in the last line', () => {
    expect(said({ notes: ['Something.'] })).toMatch(
      /^Note: Something\.\n[\s\S]*\nSchoolgraph is ready: http:\/\/localhost:4000\/graphql$/,
    );
  });

  it('is told of people to sign in as only where they are a demo’s', () => {
    expect(said({})).toMatch(/signed in as one of them/);
    expect(said({ isDemo: false })).not.toMatch(/one of them|birchwood/);
  });
});
