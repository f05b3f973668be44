//! What script adds to the report form.

import { choose, send, sendThrough } from '../lib/forms.mjs';
import { report } from '../lib/reports.mjs';
import { expect, inEachLanguage, test, type Page } from '../lib/test.ts';

/** The button is there as soon as the script is awake. */
const locate = (page: Page) => page.locator('leptos-island button');

inEachLanguage((words) => {
  test('the device says where it is, and how exactly', async ({ page, context }) => {
    await context.grantPermissions(['geolocation']);
    await context.setGeolocation({ latitude: 31.230416, longitude: 121.473701, accuracy: 17.4 });
    await page.goto('/report');
    await expect(locate(page)).toHaveText(words.get('report-locate'));
    await locate(page).click();
    await expect(page.getByText(words.get('report-located', { metres: 18 }))).toBeVisible();
    await expect(page.locator('#position')).toHaveValue('31.230416, 121.473701');
    await expect(page.locator('#accuracy')).toHaveValue('18');

    await choose(page, '20000');
    await sendThrough(page);
    await page.getByRole('link', { name: words.get('receipt-follow') }).click();
    await expect(page.locator('dl.sent')).toContainText(words.get('track-accuracy', { metres: 18 }));
  });

  test('a device that may not say where it is says so in plain words', async ({ page, context }) => {
    await context.clearPermissions();
    await page.goto('/report');
    await locate(page).click();
    await expect(page.getByText(words.get('report-locate-refused'))).toBeVisible();
    await expect(page.locator('#position')).toHaveValue('');
    await expect(page.locator('#address')).toBeEditable();
  });

  test('the characters that are left are counted down', async ({ page }) => {
    await page.goto('/report');
    await locate(page).waitFor();
    const count = page.locator('.count');
    await page.locator('#what').fill('火👍');
    await expect(count).toHaveText(words.get('count-left', { count: 1998 }));
    await page.locator('#what').fill('字'.repeat(2_000));
    await expect(count).toHaveText(words.get('count-left', { count: 0 }));
    await page.locator('#what').press('End');
    await page.keyboard.type('多');
    await expect(count).toHaveText(words.get('count-over', { count: 1 }));
  });

  test('the characters of an addition are counted too', async ({ page, baseURL }) => {
    await page.goto(`/track/${await report(baseURL!)}`);
    await expect(async () => {
      await page.locator('#note').fill('');
      await page.locator('#note').fill('abc');
      await expect(page.locator('.count')).toHaveText(words.get('count-left', { count: 1997 }), { timeout: 100 });
    }).toPass({ intervals: [20, 50, 100] });
  });

  test('a position that was typed over is no longer as exact as the device said', async ({ page, context }) => {
    await context.grantPermissions(['geolocation']);
    await context.setGeolocation({ latitude: 31.230416, longitude: 121.473701, accuracy: 17.4 });
    await page.goto('/report');
    await page.locator('leptos-island button').click();
    await expect(page.locator('#accuracy')).toHaveValue('18');
    await page.locator('#position').fill('31.5, 121.5');
    await expect(page.locator('#accuracy')).toHaveValue('');
    await expect(page.locator('.said')).toHaveText('');
    await choose(page, '20000');
    await sendThrough(page);
    await page.getByRole('link', { name: words.get('receipt-follow') }).click();
    await expect(page.locator('dl.sent')).toContainText('31.50000, 121.50000');
    await expect(page.locator('dl.sent')).not.toContainText(words.get('track-accuracy', { metres: 18 }));
  });

  test('a position that is typed over in a form that came back is no longer exact either', async ({ page, context, watch }) => {
    watch.means(422);
    await context.grantPermissions(['geolocation']);
    await context.setGeolocation({ latitude: 31.230416, longitude: 121.473701, accuracy: 17.4 });
    await page.goto('/report');
    await locate(page).click();
    await expect(page.locator('#accuracy')).toHaveValue('18');
    await send(page);
    await expect(page.locator('#accuracy')).toHaveValue('18');
    await locate(page).waitFor();
    await page.locator('#position').fill('31.5, 121.5');
    await expect(page.locator('#accuracy')).toHaveValue('');
  });

  test('a form that came back too long says so before anything is typed', async ({ page, watch }) => {
    watch.means(422);
    await page.goto('/report');
    await page.locator('#what').fill('字'.repeat(2_003));
    await send(page);
    await expect(page.locator('.count')).toHaveText(words.get('count-over', { count: 3 }));
  });

  test('words of danger bring up whom to call while they are typed, and take it away again', async ({ page }) => {
    await page.goto('/report');
    await locate(page).waitFor();
    const call = page.locator('form .call-now');
    await expect(call).toBeHidden();
    for (const [danger, calm] of [
      ['楼里有人被困', '楼里的防火门坏了'],
      ['Smoke, and somebody is trapped', 'The fire door is broken'],
    ]) {
      await page.locator('#what').fill(danger!);
      await expect(call).toBeVisible();
      await expect(call.getByRole('link').first()).toHaveAttribute('href', /^tel:/);
      await page.locator('#what').fill(calm!);
      await expect(call).toBeHidden();
    }
    await page.locator('#address').fill('有人晕倒');
    await expect(call).toBeVisible();
  });

  test('private data is said where it is typed, by its kind, and no more once it is gone', async ({ page }) => {
    await page.goto('/report');
    await locate(page).waitFor();
    const said = (field: string) => page.locator(field).locator('xpath=ancestor::leptos-island[1]').locator('.minded');
    await page.locator('#what').fill('请打 13812345678，车牌沪A12345');
    const kinds = ['private-phone', 'private-plate'].map((key) => words.get(key)).join(words.get('answer-and'));
    await expect(said('#what')).toHaveText(words.get('typed-private', { kinds }));
    await expect(said('#what').locator('xpath=..')).toHaveAttribute('aria-live', 'polite');
    await expect(said('#address')).toBeHidden();
    await page.locator('#address').fill('身份证 11010519491231002X');
    await expect(said('#address')).toHaveText(words.get('typed-private', { kinds: words.get('private-identity-card') }));
    await page.locator('#what').fill('水泵停了');
    await expect(said('#what')).toBeHidden();
  });

  test('an addition is minded as well, and who adds a danger reads whom to call afterwards', async ({ page, baseURL }) => {
    await page.goto(`/track/${await report(baseURL!)}`);
    const call = page.locator('.call-now');
    await expect(call.first()).toBeHidden();
    await expect(async () => {
      await page.locator('#note').fill('');
      await page.locator('#note').fill('13812345678: 着火了');
      await expect(page.locator('form .call-now')).toBeVisible({ timeout: 100 });
    }).toPass({ intervals: [20, 50, 100] });
    await expect(page.locator('.minded')).toHaveText(words.get('typed-private', { kinds: words.get('private-phone') }));
    await sendThrough(page);
    await expect(page.locator('main > .call-now')).toBeVisible();
    await expect(page.locator('form .call-now')).toBeHidden();
  });
});
