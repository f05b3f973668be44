//! What script adds to photos: they are made small and blacked out before they leave the phone.

import { onward } from '../lib/forms.mjs';
import { picture, pictureWithPlace } from '../lib/pictures.mjs';
import { report } from '../lib/reports.mjs';
import { expect, test, type Page } from '../lib/test.ts';

/** How light the whole picture is, at places that are given as parts of its sides, from 0 to 255. */
async function lightness(page: Page, places: [number, number][]): Promise<number[]> {
  const address = await page.locator('ul.photos a').getAttribute('href');
  return page.evaluate(
    async ([address, places]) => {
      const drawing = await createImageBitmap(await (await fetch(address)).blob());
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [drawing.width, drawing.height];
      const brush = canvas.getContext('2d')!;
      brush.drawImage(drawing, 0, 0);
      return places.map(([x, y]) => {
        const [red = 0, green = 0, blue = 0] = brush.getImageData(x * drawing.width, y * drawing.height, 1, 1).data;
        return (red + green + blue) / 3;
      });
    },
    [address!, places] as const,
  );
}

/** Draws a box over the whole of the first preview, but for its edges. */
async function coverMiddle(page: Page): Promise<void> {
  const canvas = page.locator('.previews canvas').first();
  await canvas.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await canvas.boundingBox())!;
  await page.mouse.move(x + 0.2 * width, y + 0.2 * height);
  await page.mouse.down();
  await page.mouse.move(x + 0.8 * width, y + 0.8 * height, { steps: 3 });
  await page.mouse.up();
}

const sendPhotos = (page: Page) => onward(page, () => page.locator('#photo-form button[type=submit]').click());

test('what is drawn over with a finger or a mouse is black for everybody, and undone before that if it was wrong', async ({ page, baseURL }) => {
  await page.goto(`/track/${await report(baseURL!)}`);
  await page.locator('#photo').setInputFiles(picture('face.png', [250, 250, 250], 600, 400));
  const canvas = page.locator('.previews canvas');
  await canvas.scrollIntoViewIfNeeded();
  const box = (await canvas.boundingBox())!;
  const drawBox = async (from: [number, number], to: [number, number]) => {
    await page.mouse.move(box.x + from[0] * box.width, box.y + from[1] * box.height);
    await page.mouse.down();
    await page.mouse.move(box.x + to[0] * box.width, box.y + to[1] * box.height, { steps: 3 });
    await page.mouse.up();
  };
  await drawBox([0.1, 0.1], [0.4, 0.4]);
  await drawBox([0.6, 0.6], [0.9, 0.9]);
  await page.locator('.previews button').first().click();
  await sendPhotos(page);
  const [black = 255, white = 0, undone = 0] = await lightness(page, [[0.25, 0.25], [0.5, 0.5], [0.75, 0.75]]);
  expect(black).toBeLessThan(20);
  expect(white).toBeGreaterThan(235);
  expect(undone).toBeGreaterThan(235);
});

test('the keyboard blacks out as well', async ({ page, baseURL }) => {
  await page.goto(`/track/${await report(baseURL!)}`);
  await page.locator('#photo').setInputFiles(picture('plate.png', [250, 250, 250], 600, 400));
  await page.locator('.previews canvas').focus();
  for (const key of ['ArrowUp', 'ArrowDown', 'Shift+ArrowRight', 'Enter']) await page.keyboard.press(key);
  await sendPhotos(page);
  const [black = 255, white = 0] = await lightness(page, [[0.5, 0.5], [0.05, 0.05]]);
  expect(black).toBeLessThan(20);
  expect(white).toBeGreaterThan(235);
});

test('a large photo leaves the phone no larger than it is kept, and one that was left out does not leave it', async ({ page, baseURL }) => {
  await page.goto(`/track/${await report(baseURL!)}`);
  await page.locator('#photo').setInputFiles([picture('large.png', [9, 90, 9], 3_000, 1_500), picture('private.png', [90, 9, 9])]);
  await expect(page.locator('.previews > li')).toHaveCount(2);
  await page.locator('.previews > li').last().getByRole('button').last().click();
  const sent: string[] = [];
  page.on('request', (request) => void (request.method() === 'POST' && sent.push(request.url())));
  await sendPhotos(page);
  expect(sent).toHaveLength(1);
  await expect(page.locator('ul.photos img')).toHaveCount(1);
  const width = await page.evaluate(async (address) => (await createImageBitmap(await (await fetch(address!)).blob())).width, await page.locator('ul.photos a').getAttribute('href'));
  expect(width).toBe(2_048);
});

test('what is drawn over after the way failed is black too', async ({ page, baseURL, watch }) => {
  watch.means(503);
  await page.goto(`/track/${await report(baseURL!)}`);
  await page.route('**/photo/*', (route) => route.fulfill({ status: 503 }), { times: 1 });
  await page.locator('#photo').setInputFiles(picture('face.png', [250, 250, 250], 600, 400));
  await page.locator('#photo-form button[type=submit]').click();
  await expect(page.locator('#photo-form .said')).not.toBeEmpty();
  await expect(page.locator('#photo-form button[type=submit]')).toBeEnabled();
  await coverMiddle(page);
  await sendPhotos(page);
  const [black = 255] = await lightness(page, [[0.5, 0.5]]);
  expect(black).toBeLessThan(20);
});

test('a picture that cannot be packed with its boxes is not sent without them', async ({ page, baseURL }) => {
  await page.goto(`/track/${await report(baseURL!)}`);
  await page.locator('#photo').setInputFiles(picture('face.png', [250, 250, 250], 600, 400));
  await coverMiddle(page);
  await page.evaluate(() => void (HTMLCanvasElement.prototype.toBlob = (done: BlobCallback) => done(null)));
  const sent: string[] = [];
  page.on('request', (request) => void (request.method() === 'POST' && sent.push(request.url())));
  await page.locator('#photo-form button[type=submit]').click();
  await expect(page.locator('#photo-form .said')).not.toBeEmpty();
  await expect(page.locator('#photo-form button[type=submit]')).toBeEnabled();
  expect(sent).toEqual([]);
});

test('where a photo was taken is said first, and told only by who agrees; its file stays on the phone', async ({ page, baseURL }) => {
  await page.goto(`/track/${await report(baseURL!)}`);
  const photo = await pictureWithPlace(page, [31.2304, 121.4737]);
  const sent: string[] = [];
  await page.exposeFunction('noteSent', (file: string) => void sent.push(file));
  for (const agrees of [false, true]) {
    await page.locator('#photo').setInputFiles(photo);
    await expect(page.locator('.previews > li')).toContainText('31.23040, 121.47370');
    await coverMiddle(page);
    if (agrees) await page.locator('#photo-form input[name=place]').check();
    // Another picture than before.
    // Another picture than before: a box at its left edge.
    if (agrees) for (const key of [...Array<string>(7).fill('ArrowLeft'), 'Enter']) await page.locator('.previews canvas').press(key);
    await page.evaluate(() => {
      const fetched = window.fetch;
      window.fetch = async (address, options) => {
        const file = options?.body instanceof FormData ? options.body.get('photo') : null;
        if (file instanceof File) await (window as unknown as { noteSent(file: string): Promise<void> }).noteSent(await file.text());
        return fetched(address, options);
      };
    });
    await sendPhotos(page);
  }
  expect(sent.map((file) => [file.includes('JFIF'), file.includes('Exif')])).toEqual([[true, false], [true, false]]);
  const places = page.locator('ul.photos > li', { hasText: '31.23040, 121.47370' });
  await expect(page.locator('ul.photos > li')).toHaveCount(2);
  await expect(places).toHaveCount(1);
});

test('photos that were chosen again are those that are sent', async ({ page, baseURL }) => {
  await page.goto(`/track/${await report(baseURL!)}`);
  await page.locator('#photo').setInputFiles([picture('one.png', [9, 90, 9], 3_000, 2_000), picture('two.png', [90, 9, 9], 3_000, 2_000)]);
  await page.locator('#photo').setInputFiles(picture('three.png', [9, 9, 90]));
  await sendPhotos(page);
  await expect(page.locator('ul.photos > li')).toHaveCount(1);
});
