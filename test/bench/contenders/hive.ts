import { join } from 'node:path';
import { nodeProgram } from '../machine/program.ts';
import { asText, type Contender, listening } from './contender.ts';
import { freePort } from './free-port.ts';
import { install } from './install.ts';

/** With the planner that is written in Rust (https://the-guild.dev/graphql/hive/docs/gateway/other-features/router-runtime). */
export const hive: Contender = {
  name: 'hive',
  title: 'Hive Gateway 2.15, Rust planner',
  async start({ supergraph, folder }, flags) {
    const packages = await install('hive', {
      dependencies: {
        '@graphql-hive/gateway': '2.15.1',
        '@graphql-hive/router-runtime': '1.4.23',
        graphql: '16.15.0',
      },
      // without it npm finds no version that is published
      overrides: { '@graphql-tools/batch-execute': '10.2.0' },
    });
    const words = ['supergraph', supergraph, '--hive-router-runtime', '--host', '127.0.0.1'];
    const command = [join(packages, '@graphql-hive/gateway/dist/bin.js'), ...words, '--port', `${await freePort()}`];
    return listening(
      nodeProgram(command, { place: 'contender', cwd: folder }, flags),
      /Listening on http:\/\/127\.0\.0\.1:(\d+)/,
    );
  },
  requestOf: asText,
};
