import { describe, expect, it } from 'vitest';
import { demoPicture } from '../demo/picture.ts';
import { plainPicture } from './plain-picture.ts';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const segment = (marker: number, content: string): Buffer => {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(content.length + 2);
  return Buffer.concat([Buffer.from([0xff, marker]), length, Buffer.from(content, 'latin1')]);
};

/** A type, and data without a checksum that holds: nobody reads it. */
const chunk = (type: string, content: string): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return Buffer.concat([length, Buffer.from(type + content, 'latin1'), Buffer.alloc(4)]);
};

const png = demoPicture(1);
const HEAD = 8 + 12 + 13;

describe('a PNG', () => {
  it('that has no metadata stays as it is', () => {
    expect(plainPicture(png, 'image/png')).toEqual(new Uint8Array(png));
  });

  it('loses text, time, EXIF, private chunks and what stands after its end', () => {
    const told = ['tEXt', 'iTXt', 'zTXt', 'tIME', 'eXIf', 'prVt'].map((type) => chunk(type, 'WHERE-IT-WAS-TAKEN'));
    const dressed = Buffer.concat([png.subarray(0, HEAD), ...told, png.subarray(HEAD), Buffer.from('AFTER THE END')]);
    expect(plainPicture(dressed, 'image/png')).toEqual(new Uint8Array(png));
  });

  it.each([0, 7, 8, 20, HEAD, png.length - 1])('that is cut after %i bytes is none', (length) => {
    expect(plainPicture(png.subarray(0, length), 'image/png')).toBeNull();
  });
});

const scan = segment(0xda, 'SCAN-HEADER');
const SCANNED = Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd3, 0x56]);
const KEPT_BEFORE = [segment(0xe0, 'JFIF\0'), segment(0xee, 'Adobe'), segment(0xdb, 'TABLE'), segment(0xc2, 'FRAME')];
const START = Buffer.from([0xff, 0xd8]);
const END = Buffer.from([0xff, 0xd9]);
const jpeg = Buffer.concat([START, ...KEPT_BEFORE, scan, SCANNED, segment(0xc4, 'TABLE 2'), scan, SCANNED, END]);

describe('a JPEG', () => {
  it('that has no metadata stays as it is', () => {
    expect(plainPicture(jpeg, 'image/jpeg')).toEqual(new Uint8Array(jpeg));
  });

  it('loses EXIF, its preview, comments, and what stands after its end, between scans too', () => {
    const told = [
      segment(0xe1, 'Exif\0\0WHERE'),
      segment(0xed, 'IPTC'),
      segment(0xe2, 'PREVIEW'),
      segment(0xfe, 'WHO'),
    ];
    const dressed = Buffer.concat([
      START,
      ...told,
      ...KEPT_BEFORE,
      scan,
      SCANNED,
      ...told,
      Buffer.from([0xff]),
      segment(0xc4, 'TABLE 2'),
      scan,
      SCANNED,
      END,
      Buffer.from('ANOTHER PICTURE'),
    ]);
    const plain = plainPicture(dressed, 'image/jpeg');
    expect(plain).toEqual(new Uint8Array(jpeg));
    for (const word of ['WHERE', 'IPTC', 'PREVIEW', 'WHO', 'ANOTHER'])
      expect(text(plain ?? Buffer.from(word))).not.toContain(word);
  });

  it('that is cut anywhere is none', () => {
    for (let length = 0; length < jpeg.length; length += 1)
      expect(plainPicture(jpeg.subarray(0, length), 'image/jpeg'), `${length} bytes`).toBeNull();
  });
});

it('bytes of another type than is stored are no picture', () => {
  expect(plainPicture(png, 'image/jpeg')).toBeNull();
  expect(plainPicture(jpeg, 'image/png')).toBeNull();
  expect(plainPicture(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/svg+xml')).toBeNull();
  expect(plainPicture(Buffer.from('<!doctype html>'), 'image/png')).toBeNull();
});
