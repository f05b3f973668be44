//! The extra questions of a danger that was reported already, with script and without.

import { bringUpFloor, reportBy, send } from '../lib/forms.mjs';
import { expect, inEachLanguage, test } from '../lib/test.ts';

inEachLanguage((words) => {
  test('who reported a fire is asked about it afterwards, one answer bringing up the next', async ({ page }) => {
    await page.goto('/report');
    await reportBy(page, { category: '12G00' });
    await page.getByRole('link', { name: words.get('more-link') }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.get('details-heading'));
    await expect(page.locator('main > .call-now').getByRole('link').first()).toHaveAttribute('href', /^tel:/);
    const floor = page.locator('[data-question="floor"] input');
    await expect(floor).toBeHidden();
    await bringUpFloor(page);
    await floor.fill('1');
    await send(page);
    await expect(page.getByRole('status').filter({ hasText: words.get('track-added') })).toBeVisible();
    const told = page.locator('ol.history li').filter({ hasText: words.get('entry-more') });
    await expect(told.locator('dd')).toHaveText([words.get('choice-home'), '1']);
    await expect(page.getByRole('link', { name: words.get('more-link') })).toHaveCount(0);
  });

  test('who answers nothing goes back to the report, and may answer later', async ({ page }) => {
    await page.goto('/report');
    await reportBy(page, { category: '12G00' });
    await page.getByRole('link', { name: words.get('more-link') }).click();
    await send(page);
    await expect(page.locator('ol.history')).not.toContainText(words.get('entry-more'));
    await page.getByRole('link', { name: words.get('more-link') }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.get('details-heading'));
  });

  test('what is no answer comes back to be mended', async ({ page, watch }) => {
    watch.means(422);
    await page.goto('/report');
    await reportBy(page, { category: '12G00' });
    await page.getByRole('link', { name: words.get('more-link') }).click();
    await bringUpFloor(page);
    await page.locator('#question-floor').fill('the roof');
    await send(page);
    await expect(page.getByRole('alert').getByRole('link')).toHaveAttribute('href', '#question-floor');
    await expect(page.locator('#question-floor')).toHaveValue('the roof');
    await page.locator('#question-floor').fill('１');
    await send(page);
    await expect(page.locator('ol.history dd')).toHaveText([words.get('choice-home'), '1']);
  });
});
