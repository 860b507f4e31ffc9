/**
 * A picture without what is not picture: where and when it was taken, by what, of whom (EXIF, XMP, IPTC, comments), the
 * small preview of the uncropped original, and bytes after its end. Orientation is metadata, too: it is stored upright.
 */
import { plainJpeg } from './plain-jpeg.ts';
import { plainPng } from './plain-png.ts';

/** Null where the bytes are no whole picture of that media type. */
export function plainPicture(bytes: Uint8Array, mediaType: string): Uint8Array | null {
  if (mediaType === 'image/png') return plainPng(bytes);
  return mediaType === 'image/jpeg' ? plainJpeg(bytes) : null;
}
