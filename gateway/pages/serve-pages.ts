/** The gateway's pages for people: the sandbox, the picture of the graph, the guest matrix. They follow the graph in use. */
import type { FastifyInstance } from 'fastify';
import { addressOf, serveAssets } from './assets.ts';
import { guarded, picturePolicy, readingPolicy } from './content-policy.ts';
import { type DemoSignIn, serveDemoSignIn } from './demo-sign-in.ts';
import { graphPage } from './graph-picture/graph-page.ts';
import { PICTURE_STYLE_HASH } from './graph-picture/picture.ts';
import { graphiqlAssets } from './graphiql-assets.ts';
import { matrixPage } from './guest-access/matrix-page.ts';
import { ownAssets } from './own-assets.ts';
import { type PageLink, type PagesGraph, pagesOf } from './page-list.ts';
import { createRenderPage } from './render.ts';
import { serveSandbox } from './sandbox/serve-sandbox.ts';

interface PagesDeps {
  /** The one in use now. */
  graph(): PagesGraph;
  /** Null where the database is not a demo's. */
  demoSignIn: DemoSignIn | null;
}

export function servePages(server: FastifyInstance, { graph, demoSignIn }: PagesDeps): void {
  const own = ownAssets();
  const graphiql = graphiqlAssets();
  serveAssets(server, [own, graphiql]);
  const assets = {
    icon: addressOf(own, 'icon.svg'),
    govuk: addressOf(own, 'govuk.css'),
    pages: addressOf(own, 'pages.css'),
  };
  const render = createRenderPage();
  const links = (): PageLink[] => pagesOf(graph());
  const isThere = (address: string): boolean =>
    address === '/' ? links().length > 0 : links().some((page) => page.address === address);

  const page = (address: string, template: string, context: () => object, style?: string) =>
    server.get(address, async (_request, reply) => {
      if (!isThere(address)) return reply.callNotFound();
      guarded(reply, readingPolicy(style)).header('cache-control', 'no-store').type('text/html; charset=utf-8');
      return reply.send(render(template, { assets, pages: links(), address, ...context() }));
    });

  const picture = graphPage();
  page('/', 'index.njk', () => ({ title: 'Start' }));
  page('/guest-access', 'guest-access.njk', () => ({ title: 'Guest access', ...matrixPage() }));
  page(GRAPH, 'graph.njk', () => ({ title: 'The graph', ...picture(graph().supergraph) }), PICTURE_STYLE_HASH);
  server.get(`${GRAPH}.svg`, async (_request, reply) => {
    if (!isThere(GRAPH)) return reply.callNotFound();
    guarded(reply, picturePolicy(PICTURE_STYLE_HASH)).header('cache-control', 'no-store');
    return reply.type('image/svg+xml; charset=utf-8').send(picture(graph().supergraph).picture);
  });
  serveSandbox(server, { graph, demoSignIn, own, graphiql, render, links });
  serveDemoSignIn(server, demoSignIn, () => isThere('/sandbox'));
}

const GRAPH = '/sandbox/graph';
