//! What script owes the report form yet.

import { choose, send } from '../lib/forms.mjs';
import { expect, inEachLanguage, test } from '../lib/test.ts';

inEachLanguage((words) => {
  test('a position that was typed over is no longer as exact as the device said', async ({ page, context }) => {
    await context.grantPermissions(['geolocation']);
    await context.setGeolocation({ latitude: 31.230416, longitude: 121.473701, accuracy: 17.4 });
    await page.goto('/report');
    await page.locator('leptos-island button').click();
    await expect(page.locator('#accuracy')).toHaveValue('18');
    await page.locator('#position').fill('31.5, 121.5');
    await choose(page, '20000');
    await send(page);
    await page.getByRole('link', { name: words.get('receipt-follow') }).click();
    await expect(page.locator('dl.sent')).toContainText('31.50000, 121.50000');
    await expect(page.locator('dl.sent')).not.toContainText(words.get('track-accuracy', { metres: 18 }));
  });

  test('a form that came back too long says so before anything is typed', async ({ page, watch }) => {
    watch.means(422);
    await page.goto('/report');
    await page.locator('#what').fill('字'.repeat(2_003));
    await send(page);
    await expect(page.locator('.count')).toHaveText(words.get('count-over', { count: 3 }));
  });
});
