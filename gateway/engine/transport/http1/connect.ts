/** Opens connections to one place, by TCP or TLS. */
import net from 'node:net';
import tls from 'node:tls';

interface ConnectionEvents {
  /** Now a request may be sent. */
  ready(): void;
  /** These bytes came, in memory that the next read uses again. */
  took(bytes: Buffer): void;
  /** The other side will send no more. */
  ended(): void;
  /** Nothing more will come, because of this where it is known. */
  closed(cause?: Error): void;
}

/** As much as a socket hands over at once. */
const READ_BYTES = 64 * 1024;

export type Connect = (events: ConnectionEvents) => net.Socket;

/** Certificates are checked for the name in the URL, against the authorities that Node trusts. Throws for other protocols. */
export function createConnect({ protocol, hostname, port }: URL): Connect {
  if (protocol !== 'http:' && protocol !== 'https:')
    throw new Error(`Expected the URL of a subgraph to begin with http: or https:, got ${protocol}`);
  const isTls = protocol === 'https:';
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const place = {
    host,
    port: Number(port || (isTls ? 443 : 80)),
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: 60_000,
  };
  // an address is no name that a server could be asked for (RFC 6066, 3)
  const secure = { ALPNProtocols: ['http/1.1'], servername: net.isIP(host) ? '' : host };
  // what came is handled before anything else is read: all connections may share it
  const memory = Buffer.allocUnsafeSlow(READ_BYTES);
  return ({ ready, took, ended, closed }) => {
    const onread = {
      buffer: memory,
      callback(size: number): boolean {
        took(memory.subarray(0, size));
        return true;
      },
    };
    const options = { ...place, ...(isTls && secure), onread };
    const socket = isTls ? tls.connect(options) : net.connect(options);
    // of TLS only then the certificate has been checked
    socket.once(isTls ? 'secureConnect' : 'connect', ready);
    socket.once('end', ended);
    socket.on('error', closed);
    socket.once('close', () => closed());
    return socket;
  };
}
