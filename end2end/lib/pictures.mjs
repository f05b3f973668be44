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
