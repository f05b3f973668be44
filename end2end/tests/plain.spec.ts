//! The pages of last resort: in both languages at once, with the numbers to call and a way back.

import { STATES } from '../lib/states.mjs';
import { expect, test } from '../lib/test.ts';

for (const { name, status, reach } of STATES.filter((state) => state.plain)) {
  test(`${name} (${status}) says in both languages what happened, and whom to call`, async ({ page, city, watch }) => {
    watch.means(status);
    await reach(page, city);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/\p{Script=Han}/u);
    await expect(page.locator('[lang=en]').first()).toHaveText(/[a-z]/);
    for (const number of [119, 120, 110, 122, 12345]) await expect(page.locator(`a[href="tel:${number}"]`)).toBeVisible();
    await expect(page.locator('a[href="/"]')).toBeVisible();
  });
}

test('after a form that was too long, going back brings back what was typed', async ({ page, city, watch }) => {
  watch.means(413);
  await STATES.find((state) => state.name === 'plain-too-long')!.reach(page, city);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.goBack();
  await expect(page.locator('#what')).toHaveValue('long '.repeat(54_000));
});
