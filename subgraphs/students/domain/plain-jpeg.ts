/** JPEG, https://www.w3.org/Graphics/JPEG/itu-t81.pdf, annex B: markers with segments, and between them scans. */
import { joined } from './joined-bytes.ts';

const START = 0xd8;
const END = 0xd9;
const SCAN = 0xda;
const COMMENT = 0xfe;

/** Application segments: only JFIF's own (0) and Adobe's (14), which says how colours are stored, are needed to draw. */
const isNeeded = (marker: number): boolean =>
  marker !== COMMENT && (marker < 0xe0 || marker > 0xef || marker === 0xe0 || marker === 0xee);

/** Without application data and comments, and without what stands after its end. Null where the bytes are no whole JPEG. */
export function plainJpeg(bytes: Uint8Array): Uint8Array | null {
  if (bytes[0] !== 0xff || bytes[1] !== START) return null;
  const parts = [bytes.subarray(0, 2)];
  for (let at = 2; at + 1 < bytes.length; ) {
    const marker = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff || marker < 0xc0) return null;
    if (marker === END) return joined([...parts, bytes.subarray(at, at + 2)]);
    const end = marker === SCAN ? endOfScan(bytes, endOfSegment(bytes, at)) : endOfSegment(bytes, at);
    if (end > bytes.length) return null;
    if (isNeeded(marker)) parts.push(bytes.subarray(at, end));
    at = end;
    // fill bytes may stand before a marker (B.1.1.2)
    while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at += 1;
  }
  return null;
}

/** The length of a segment counts its own two bytes, and not the marker's. */
const endOfSegment = (bytes: Uint8Array, at: number): number =>
  at + 2 + Math.max(2, (bytes[at + 2] ?? 0) * 256 + (bytes[at + 3] ?? 0));

/** Where the next marker stands: in a scan, 0xFF is followed by 0, or by one of the eight restart markers. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 1 < bytes.length; at += 1) {
    const next = bytes[at + 1] ?? 0;
    if (bytes[at] === 0xff && next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  return bytes.length + 1;
}
