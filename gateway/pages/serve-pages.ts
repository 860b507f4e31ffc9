/** The gateway's pages for people: the sandbox, the picture of the graph, the guest matrix. They follow the graph in use. */
import type { FastifyInstance } from 'fastify';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { addressOf, serveAssets } from './assets.ts';
import { guarded, picturePolicy, readingPolicy } from './content-policy.ts';
import { type DemoSignIn, serveDemoSignIn } from './demo-sign-in.ts';
import { graphPage } from './graph-picture/graph-page.ts';
import { PICTURE_STYLE_HASH } from './graph-picture/picture.ts';
import { graphiqlAssets } from './graphiql-assets.ts';
import { matrixPage } from './guest-access/matrix-page.ts';
import { ownAssets } from './own-assets.ts';
import { type PageLink, pagesOf, type SchemaAudience } from './page-list.ts';
import { createRenderPage } from './render.ts';
import { readExamples } from './sandbox/examples.ts';
import { serveSandbox } from './sandbox/serve-sandbox.ts';

export interface PagesDeps {
  /** The one in use now. */
  supergraph(): Supergraph;
  schemaFor: SchemaAudience;
  /** Null where the database is not a demo's. */
  demoSignIn: DemoSignIn | null;
}

export function servePages(server: FastifyInstance, { supergraph, schemaFor, demoSignIn }: PagesDeps): void {
  const own = ownAssets();
  const graphiql = graphiqlAssets();
  serveAssets(server, [own, graphiql]);
  const render = createRenderPage();
  const assets = {
    icon: addressOf(own, 'icon.svg'),
    govuk: addressOf(own, 'govuk.css'),
    pages: addressOf(own, 'pages.css'),
  };
  const links = (): PageLink[] => pagesOf(supergraph(), schemaFor);
  const isThere = (address: string): boolean => links().some((page) => page.address === address);

  const page = (address: string, template: string, containerClass: string, context: () => object, style?: string) =>
    server.get(address, async (_request, reply) => {
      if (address === '/' ? links().length === 0 : !isThere(address)) return reply.callNotFound();
      guarded(reply, readingPolicy(style)).header('cache-control', 'no-store').type('text/html; charset=utf-8');
      return reply.send(render(template, { assets, pages: links(), address, containerClass, ...context() }));
    });

  const picture = graphPage();
  page('/', 'index.njk', '', () => ({ title: 'Start' }));
  page('/guest-access', 'guest-access.njk', 'sg-wide', () => ({ title: 'Guest access', ...matrixPage() }));
  page(
    '/sandbox/graph',
    'graph.njk',
    'sg-wide',
    () => ({ title: 'The graph', ...picture(supergraph()) }),
    PICTURE_STYLE_HASH,
  );
  server.get('/sandbox/graph.svg', async (_request, reply) => {
    if (!isThere('/sandbox/graph')) return reply.callNotFound();
    guarded(reply, picturePolicy(PICTURE_STYLE_HASH)).header('cache-control', 'no-store');
    return reply.type('image/svg+xml; charset=utf-8').send(picture(supergraph()).picture);
  });

  if (schemaFor === 'nobody') return;
  serveDemoSignIn(server, demoSignIn);
  const examples = demoSignIn ? readExamples() : [];
  serveSandbox(server, {
    supergraph,
    schemaFor,
    demoSignIn,
    examples,
    own,
    graphiql,
    icon: assets.icon,
    render,
    links,
  });
}
