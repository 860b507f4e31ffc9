/** Certificates for servers of tests, made anew each time: no key lies about. Written by hand, as Node reads them only. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

interface Certificate {
  cert: string;
  key: string;
}

interface Authority {
  cert: string;
  /** For a server of this name, or at this address. */
  issue(place: { dns: string } | { ip: string }): Certificate;
}

/** https://www.rfc-editor.org/rfc/rfc5280#section-4.1, in DER. */
export function createAuthority(name: string): Authority {
  const keys = newKeys();
  const issue = (subject: string, publicKey: KeyObject, extensions: Buffer): string => {
    const today = Date.now();
    const content = sequence(
      tagged(0xa0, integer(2)),
      integer(1),
      ECDSA_WITH_SHA256,
      nameOf(name),
      sequence(time(today - DAY_MS), time(today + DAY_MS)),
      nameOf(subject),
      publicKey.export({ type: 'spki', format: 'der' }),
      tagged(0xa3, sequence(extensions)),
    );
    const signature = sign('sha256', content, keys.privateKey);
    const der = sequence(content, ECDSA_WITH_SHA256, tagged(0x03, Buffer.from([0]), signature));
    return `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
  };
  return {
    cert: issue(name, keys.publicKey, extension([2, 5, 29, 19], sequence(tagged(0x01, Buffer.from([0xff]))))),
    issue(place) {
      const { publicKey, privateKey } = newKeys();
      const alternative =
        'dns' in place
          ? tagged(0x82, Buffer.from(place.dns))
          : tagged(0x87, Buffer.from(place.ip.split('.').map(Number)));
      return {
        cert: issue('a server', publicKey, extension([2, 5, 29, 17], sequence(alternative))),
        key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      };
    },
  };
}

const DAY_MS = 24 * 60 * 60 * 1_000;

const newKeys = () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' });

function tagged(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: Buffer[]): Buffer => tagged(0x30, ...parts);

/** Below 128. */
const integer = (value: number): Buffer => tagged(0x02, Buffer.from([value]));

/** Of an identifier whose numbers are small, or given in two bytes each as it writes them. */
const identifier = ([first = 0, second = 0, ...rest]: readonly number[]): Buffer =>
  tagged(0x06, Buffer.from([first * 40 + second, ...rest]));

/** 1.2.840.10045.4.3.2 */
const ECDSA_WITH_SHA256 = sequence(identifier([1, 2, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2]));

const nameOf = (name: string): Buffer =>
  sequence(tagged(0x31, sequence(identifier([2, 5, 4, 3]), tagged(0x0c, Buffer.from(name)))));

/** UTCTime: YYMMDDHHMMSSZ. */
const time = (at: number): Buffer =>
  tagged(0x17, Buffer.from(`${new Date(at).toISOString().replace(/\D/g, '').slice(2, 14)}Z`));

const extension = (id: readonly number[], value: Buffer): Buffer => sequence(identifier(id), tagged(0x04, value));
