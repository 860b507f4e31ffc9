/** Scripts and styles under addresses that change with what they hold, so that a browser may keep them for good. */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { ASSET_POLICY, guarded } from './content-policy.ts';

export interface AssetFolder {
  /** What its address carries: it differs where one of the files does. */
  version: string;
  /** By path inside the folder; loaded when somebody asks for it first. */
  files: ReadonlyMap<string, () => Promise<string>>;
}

const TYPES: Readonly<Record<string, string>> = {
  svg: 'image/svg+xml; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
};

/** A folder of texts that are at hand; they are its version. */
export function folderOf(texts: ReadonlyMap<string, string>): AssetFolder {
  const hash = createHash('sha256');
  for (const [path, text] of texts) hash.update(`${path}\0${text}\0`);
  const files = new Map([...texts].map(([path, text]) => [path, async () => text]));
  return { version: hash.digest('base64url').slice(0, 16), files };
}

export const addressOf = ({ version }: AssetFolder, path: string): string => `/assets/${version}/${path}`;

const compress = promisify(gzip);

interface Encoded {
  plain: Buffer;
  gzipped: Buffer;
}

export function serveAssets(server: FastifyInstance, folders: readonly AssetFolder[]): void {
  const known = new Map(
    folders.flatMap((folder) => [...folder.files].map(([path, load]) => [addressOf(folder, path), load])),
  );
  const kept = new Map<string, Promise<Encoded>>();
  const encodedAt = (address: string): Promise<Encoded> | undefined => {
    const load = known.get(address);
    const encoded = kept.get(address) ?? load?.().then(encode);
    if (encoded) kept.set(address, encoded);
    // what could not be read may be there the next time
    encoded?.catch(() => kept.delete(address));
    return encoded;
  };
  server.get<{ Params: { version: string; '*': string } }>('/assets/:version/*', async (request, reply) => {
    const address = `/assets/${request.params.version}/${request.params['*']}`;
    const encoded = await encodedAt(address);
    if (!encoded) return reply.callNotFound();
    const type = TYPES[address.slice(address.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
    const asGzip = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
    guarded(reply, ASSET_POLICY).type(type);
    reply.header('cache-control', 'public, max-age=31536000, immutable').header('vary', 'accept-encoding');
    if (asGzip) reply.header('content-encoding', 'gzip');
    return reply.send(asGzip ? encoded.gzipped : encoded.plain);
  });
}

async function encode(text: string): Promise<Encoded> {
  const plain = Buffer.from(text);
  return { plain, gzipped: await compress(plain) };
}
