//! What script adds to the extra questions.

import { choose, send } from '../lib/forms.mjs';
import { expect, test } from '../lib/test.ts';

test('questions come and go with the answers they depend on', async ({ page }) => {
  await page.goto('/report');
  await choose(page, '12P00');
  await page.locator('#address').fill('Lighthouse Lane 3');
  await send(page);
  const wire = page.locator('[data-question="wire-down"]');
  await expect(wire).toBeHidden();
  await expect(async () => {
    await page.locator('input[value=water]').check();
    await page.locator('input[value=power]').check();
    await expect(wire).toBeVisible({ timeout: 200 });
  }).toPass();
  await expect(page.locator('input[name=asked]')).toHaveValue(/wire-down/);
  await page.locator('input[value=water]').check();
  await expect(wire).toBeHidden();
  await expect(page.locator('input[name=asked]')).not.toHaveValue(/wire-down/);
});
