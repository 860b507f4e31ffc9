/** What can be told at once, before anything large is loaded: settings, the supergraph's file, the port. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Lifetime } from '../../subgraphs/kernel/process/lifetime.ts';
import { refuseTakenPort } from '../../subgraphs/kernel/process/listening.ts';
import { readConfig } from '../config.ts';
import { GATEWAY_ADDRESS } from '../start/listen.ts';
import { parseSupergraph } from '../supergraph/composed-document.ts';
import { demandsOf } from '../supergraph/demands.ts';
import { readOperationFiles } from './operation-files.ts';
import type { Options } from './options.ts';
import { readSupergraphFile } from './supergraph-file.ts';

const OWN_SUPERGRAPH = fileURLToPath(new URL('../../schema/supergraph.graphql', import.meta.url));

export async function serve(options: Options, lifetime: Lifetime, tell: (line: string) => void): Promise<void> {
  const settings = readConfig();
  const config = { ...settings, host: options.host ?? settings.host, port: options.port ?? settings.port };
  if (config.underNpm) lifetime.followParent();
  const path = options.supergraph ? resolve(config.calledFrom, options.supergraph) : OWN_SUPERGRAPH;
  const supergraph = await readSupergraphFile(path);
  const demands = demandsOf(parseSupergraph(supergraph));
  const operations = readOperationFiles(options.operations, config.calledFrom, demands);
  const addressSettings = {
    host: options.host === undefined ? GATEWAY_ADDRESS.host : '--host',
    port: options.port === undefined ? GATEWAY_ADDRESS.port : '--port',
  };
  await refuseTakenPort(config, addressSettings);
  const { startGateway } = await import('./start-gateway.ts');
  await startGateway({ path, supergraph, demands, operations, addressSettings }, config, lifetime, tell);
}
