import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SUBGRAPHS } from '../graph/subgraphs.ts';
import { startProgram } from '../machine/program.ts';
import { asText, type Contender, listening } from './contender.ts';
import { freePort } from './free-port.ts';
import { install } from './install.ts';

/** A gateway in Rust. It composes the subgraphs itself (https://grafbase.com/docs/cli/commands/dev). */
export const grafbase: Contender = {
  name: 'grafbase',
  title: 'Grafbase 0.103 (Rust)',
  async start({ folder, urls }) {
    const platform = '@grafbase/cli-x86_64-unknown-linux-musl';
    if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('It is there for Linux on x64 only.');
    const packages = await install('grafbase', { dependencies: { [platform]: '0.103.0' } });
    const place = join(folder, 'grafbase');
    mkdirSync(place);
    for (const { name, sdl } of SUBGRAPHS) writeFileSync(join(place, `${name}.graphql`), sdl);
    writeFileSync(
      join(place, 'grafbase.toml'),
      SUBGRAPHS.map(({ name }) => subgraphEntry(name, urls[name])).join('\n'),
    );
    const command = [join(packages, platform, 'grafbase'), '--home', place, 'dev'];
    const address = ['--listen-address', `127.0.0.1:${await freePort()}`];
    return listening(
      startProgram([...command, ...address], { place: 'contender', cwd: place }),
      /GraphQL\S*: http:\/\/127\.0\.0\.1:(\d+)/,
    );
  },
  requestOf: asText,
};

const subgraphEntry = (name: string, url = ''): string =>
  `[subgraphs.${name}]\nurl = "${url}"\nschema_path = "${name}.graphql"\n`;
