/** `/sandbox`: GraphiQL from this origin, under a policy with a nonce of its own for each page. */
import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { type AssetFolder, addressOf } from '../assets.ts';
import { guarded, sandboxPolicy } from '../content-policy.ts';
import type { DemoPerson, DemoSignIn } from '../demo-sign-in.ts';
import { keptFor } from '../kept-for.ts';
import { asksWhoCalls, type PageLink, type PagesGraph } from '../page-list.ts';
import type { RenderPage } from '../render.ts';
import { createShownExamples, isValid, readExamples } from './examples.ts';

interface SandboxDeps {
  graph(): PagesGraph;
  demoSignIn: DemoSignIn | null;
  own: AssetFolder;
  graphiql: AssetFolder;
  render: RenderPage;
  links(): PageLink[];
}

const WHO = '{ viewer { name role school { name } } }';

export function serveSandbox(server: FastifyInstance, deps: SandboxDeps): void {
  const { graph, demoSignIn, own, graphiql, render, links } = deps;
  const shownExamples = createShownExamples(demoSignIn ? readExamples() : []);
  const tellsWho = keptFor((schema: GraphQLSchema) => isValid(schema, WHO));
  const assets = {
    icon: addressOf(own, 'icon.svg'),
    graphiqlStyle: addressOf(graphiql, 'graphiql.css'),
    graphiqlScript: addressOf(graphiql, 'graphiql.js'),
    sandboxStyle: addressOf(own, 'sandbox.css'),
    sandboxScript: addressOf(own, 'sandbox.js'),
    editor: addressOf(own, 'editor.js'),
  };
  const workers = {
    editorWorkerService: addressOf(graphiql, 'editor-worker.js'),
    graphql: addressOf(graphiql, 'graphql-worker.js'),
    json: addressOf(graphiql, 'json-worker.js'),
  };
  server.get('/sandbox', async (_request, reply) => {
    const { supergraph, introspection } = graph();
    if (introspection === 'nobody') return reply.callNotFound();
    const nonce = randomBytes(16).toString('base64');
    const signIn = asksWhoCalls(supergraph);
    const people = signIn ? (demoSignIn?.people ?? []) : [];
    const shown = shownExamples(supergraph.apiSchema);
    const settings = {
      endpoint: '/graphql',
      nonce,
      workers,
      viewer: tellsWho(supergraph.apiSchema) ? WHO : null,
      signedInOnly: introspection === 'signed-in',
      people,
      examples: shown,
    };
    guarded(reply, sandboxPolicy(nonce)).header('cache-control', 'no-store').type('text/html; charset=utf-8');
    return reply.send(
      render('sandbox.njk', {
        assets,
        pages: links(),
        signIn,
        signedInOnly: settings.signedInOnly,
        people: people.map(withRoleName),
        examples: shown,
        settings: insideScript(settings),
      }),
    );
  });
}

const withRoleName = (person: DemoPerson) => ({ ...person, roleName: person.role.toLowerCase().replaceAll('_', ' ') });

/** JSON that no text in it can end (https://html.spec.whatwg.org/#restrictions-for-contents-of-script-elements). */
const insideScript = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');
