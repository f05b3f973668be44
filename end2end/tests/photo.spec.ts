//! Photos follow the report, with script and without.

import { onward, reportBy } from '../lib/forms.mjs';
import { NO_PICTURE, picture } from '../lib/pictures.mjs';
import { report } from '../lib/reports.mjs';
import { expect, inEachLanguage, test, type Page } from '../lib/test.ts';

const sendPhotos = (page: Page) => page.locator('#photo-form button[type=submit]').click();

inEachLanguage((words) => {
  test('photos are added to a report that was just sent', async ({ page }) => {
    await page.goto('/report');
    await reportBy(page, { category: '12G00' });
    await page.locator('#photo').setInputFiles([picture('one.png', [200, 0, 0]), picture('two.png', [0, 200, 0])]);
    await onward(page, () => sendPhotos(page));
    await expect(page.locator('.done')).toHaveText(words.get('photo-added'));
    const photos = page.locator('ul.photos img');
    await expect(photos).toHaveCount(2);
    await expect(photos.first()).toHaveAttribute('alt', words.get('photo-number', { number: 1 }));
    await expect(photos.first()).toHaveJSProperty('naturalWidth', 120);
    const whole = await page.request.get((await page.locator('ul.photos a').first().getAttribute('href')) ?? '');
    expect(whole.headers()['content-type']).toBe('image/jpeg');
  });

  test('a file that is no picture is named, and the others are kept', async ({ page, baseURL, watch }) => {
    watch.means(422);
    await page.goto(`/track/${await report(baseURL!)}`);
    await page.locator('#photo').setInputFiles([picture('one.png', [0, 0, 200]), NO_PICTURE]);
    await sendPhotos(page);
    await expect(page.locator('#photo-form')).toContainText(words.get('photo-refused-no-picture'));
    await expect(page.locator('#photo-form')).toContainText('list.png');
    await page.goto(page.url().replace('/photo/', '/track/'));
    await expect(page.locator('ul.photos img')).toHaveCount(1);
  });
});
