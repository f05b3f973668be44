//! The report form where there is no script.

import { expect, test } from '../lib/test.ts';

test('what needs script is not there without it', async ({ page }) => {
  await page.goto('/report');
  await expect(page.locator('main button:visible')).toHaveCount(1);
  await expect(page.locator('main button:visible')).toHaveAttribute('type', 'submit');
  await expect(page.locator('.count')).toHaveText('');
  await expect(page.locator('.said')).toHaveText('');
});

test('who has no script does not pay for it', async ({ page, baseURL }) => {
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(request.url().replace(baseURL!, '')));
  await page.goto('/report');
  await page.waitForLoadState('networkidle');
  expect(fetched.filter((address) => address.startsWith('/pkg/'))).toEqual([]);
});
