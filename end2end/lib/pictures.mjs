//! Pictures to send.

import { PNG } from 'pngjs';

/**
 * A PNG of one colour, as a file to choose.
 *
 * @param {string} name
 * @param {[number, number, number]} colour
 * @param {number} [width]
 * @param {number} [height]
 */
export function picture(name, colour, width = 120, height = 80) {
  const png = new PNG({ width, height });
  for (let place = 0; place < width * height; place += 1) png.data.set([...colour, 255], place * 4);
  return { name, mimeType: 'image/png', buffer: PNG.sync.write(png) };
}

/** What is called a picture and is none. */
export const NO_PICTURE = { name: 'list.png', mimeType: 'image/png', buffer: Buffer.from('milk, bread') };

/** Degrees, minutes and seconds as fractions of whole numbers: 24 bytes. */
function sexagesimal(/** @type {number} */ degrees) {
  const bytes = Buffer.alloc(24);
  const seconds = Math.round(degrees * 3_600 * 1_000);
  const parts = [Math.floor(seconds / 3_600_000), 1, Math.floor(seconds / 60_000) % 60, 1, seconds % 60_000, 1_000];
  parts.forEach((part, place) => bytes.writeUInt32BE(part, place * 4));
  return bytes;
}

/** What a camera writes about itself and the place (Exif 2.32, section 4.6.6), as a segment of a JPEG. */
function camera(/** @type {number} */ latitude, /** @type {number} */ longitude) {
  const short = (/** @type {number} */ number) => Buffer.from([number >> 8, number & 255]);
  const long = (/** @type {number} */ number) => Buffer.from([0, 0, number >> 8, number & 255]);
  const entry = (/** @type {number} */ tag, /** @type {number} */ type, /** @type {number} */ count, /** @type {Buffer} */ value) => Buffer.concat([short(tag), short(type), long(count), value]);
  const [GPS, VALUES] = [26, 80];
  const letter = (/** @type {string} */ text) => Buffer.from(text.padEnd(4, '\0'), 'latin1');
  const tiff = Buffer.concat([
    Buffer.from('MM\0*', 'latin1'), long(8),
    short(1), entry(0x8825, 4, 1, long(GPS)), long(0),
    short(4), entry(1, 2, 2, letter('N')), entry(2, 5, 3, long(VALUES)), entry(3, 2, 2, letter('E')), entry(4, 5, 3, long(VALUES + 24)), long(0),
    sexagesimal(latitude), sexagesimal(longitude),
  ]);
  return Buffer.concat([Buffer.from([0xff, 0xe1]), short(tiff.length + 8), Buffer.from('Exif\0\0', 'latin1'), tiff]);
}

/**
 * A JPEG of one colour that says where it was taken.
 *
 * @param {import('@playwright/test').Page} page One that runs script, to draw it with.
 * @param {[number, number]} place
 */
export async function pictureWithPlace(page, place) {
  const drawn = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [600, 400];
    const brush = canvas.getContext('2d');
    if (!brush) throw new Error('nothing to draw with');
    brush.fillStyle = '#fff';
    brush.fillRect(0, 0, 600, 400);
    return canvas.toDataURL('image/jpeg').split(',')[1] ?? '';
  });
  const jpeg = Buffer.from(drawn, 'base64');
  return { name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer: Buffer.concat([jpeg.subarray(0, 2), camera(...place), jpeg.subarray(2)]) };
}
