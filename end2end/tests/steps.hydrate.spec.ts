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

test('a danger in the words of an answer brings up whom to call', async ({ page }) => {
  await page.goto('/report');
  await choose(page, '20000');
  await page.locator('#address').fill('Lighthouse Lane 3');
  await send(page);
  const call = page.locator('form .call-now');
  const what = page.locator('[data-question="hazard-what"] input');
  await expect(async () => {
    await page.locator('input[value=exit]').check();
    await page.locator('input[value=other]').check();
    await expect(what).toBeVisible({ timeout: 200 });
  }).toPass();
  await expect(call).toBeHidden();
  await what.fill('The wall came down and a man is trapped under it');
  await expect(call).toBeVisible();
});
