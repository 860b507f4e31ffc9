/**
 * Bodies of JSON, which between systems is UTF-8 (RFC 8259, 8.1). Bytes that are none would each become U+FFFD: a name
 * that nobody has written, and two that differ would be one.
 */
import type { FastifyInstance } from 'fastify';

export function readJsonBodies(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  server.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const text = decoded(utf8, body);
    if (text === null) done(Object.assign(new Error('Expected UTF-8.'), { statusCode: 400 }));
    else parse(request, text, done);
  });
}

function decoded(decoder: InstanceType<typeof TextDecoder>, bytes: Buffer): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}
