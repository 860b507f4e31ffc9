/**
 * A request whose Host is no host is refused (RFC 9112, 3.2: a server must answer it with 400): what makes a URL of it
 * further on would throw.
 */

/** Most requests name the host that the one before did. */
export function createIsHost(): (host: string) => boolean {
  let last = { host: 'localhost', isHost: true };
  return (host) => {
    if (host !== last.host) last = { host, isHost: URL.canParse(`http://${host}/`) };
    return last.isHost;
  };
}
