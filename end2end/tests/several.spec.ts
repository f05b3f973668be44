//! Several reports as one table, with and without script.

import { onward } from '../lib/forms.mjs';
import { expect, inEachLanguage, test } from '../lib/test.ts';

inEachLanguage((words) => {
  test('the example of the page is a table that can be sent', async ({ page }) => {
    await page.goto('/report');
    await page.locator('details.site summary').click();
    await onward(page, () => page.getByRole('link', { name: words.get('report-several') }).click());
    await page.locator('form details summary').click();
    const example = (await page.locator('form pre').textContent()) ?? '';
    await page.locator('#table').fill(example);
    await onward(page, () => page.locator('#form button.send').click());
    const lines = page.locator('#preview li[data-line]');
    await expect(lines).toHaveCount(2);
    await expect(lines.nth(1)).toContainText(words.get('several-danger'));
    await expect(page.locator('#preview li[data-line=wrong]')).toHaveCount(0);
    await expect(page.locator('#preview .caution')).toHaveCount(0);
    // One of them is a danger: whoever sends it has to call.
    await expect(page.locator('.call-now a[href="tel:119"]')).toBeVisible();

    await onward(page, () => page.locator('#preview button.send').click());
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.get('several-list-title'));
    await expect(page.locator('ol.queue > li')).toHaveCount(2);
    await onward(page, () => page.locator('ol.queue a').nth(1).click());
    await expect(page.locator('dl.sent')).toContainText('555 0100');
  });

  test('a file is read, and what is wrong in it comes back to be mended', async ({ page }) => {
    await page.goto('/report/several');
    const table = 'category,address,people\n12P00,Mill Lane 3,4\n12P00,Mill Lane 5,many\n';
    await page.locator('#file').setInputFiles({ name: 'reports.csv', mimeType: 'text/csv', buffer: Buffer.from(table) });
    await onward(page, () => page.locator('#form button.send').click());
    await expect(page.locator('#preview li[data-line=wrong]')).toContainText(words.get('fault-people'));
    await onward(page, () => page.locator('#preview button.send').click());
    await expect(page.locator('.done a')).toHaveText(words.get('several-list'));
    await expect(page.locator('#table')).toHaveValue('category,address,people\n12P00,Mill Lane 5,many\n');
    await page.locator('#table').fill('category,address,people\n12P00,Mill Lane 5,9\n');
    await onward(page, () => page.locator('#form button.send').click());
    await expect(page.locator('.done a')).toHaveText(words.get('several-list'));
    await onward(page, () => page.locator('#preview button.send').click());
    // What was mended stands in the list of its table.
    await expect(page.locator('ol.queue > li')).toHaveCount(2);
  });
});
