//! What a person agreed to, seen and taken back, with script and without.

import { onward } from '../lib/forms.mjs';
import { report } from '../lib/reports.mjs';
import { expect, inEachLanguage, test } from '../lib/test.ts';

inEachLanguage((words) => {
  test('the contact is deleted after a question that says what that means', async ({ page, baseURL }) => {
    const secret = await report(baseURL!, { what: '整栋楼停水。', contact: '555 0100' });
    await page.goto(`/track/${secret}`);
    await expect(page.locator('dl.sent')).toContainText('555 0100');
    await page.getByRole('link', { name: words.get('consent-link') }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.get('consent-title'));
    await expect(page.locator('dt')).toHaveText(['respond', 'own-access', 'call-back'].map((name) => words.get(`purpose-${name}`)));

    await page.getByRole('link', { name: words.get('consent-withdraw-call-back') }).click();
    await expect(page.getByText(words.get('consent-call-back-what'))).toBeVisible();
    await page.getByRole('link', { name: words.get('consent-keep') }).click();
    await expect(page.getByRole('link', { name: words.get('consent-withdraw-call-back') })).toBeVisible();

    await page.getByRole('link', { name: words.get('consent-withdraw-call-back') }).click();
    await onward(page, () => page.getByRole('button', { name: words.get('consent-withdraw-call-back') }).click());
    await expect(page.getByRole('status')).toHaveText(words.get('consent-done'));
    await expect(page.getByRole('link', { name: words.get('consent-withdraw-call-back') })).toHaveCount(0);

    await page.locator('main a').first().click();
    await expect(page.locator('dl.sent')).not.toContainText('555 0100');
    await expect(page.locator('dl.sent')).toContainText('整栋楼停水。');
    await expect(page.locator('ol.history')).toContainText(words.get('withdrawn-call-back'));
  });

  test('who left no contact is asked nothing', async ({ page, baseURL }) => {
    await page.goto(`/track/${await report(baseURL!)}/consent`);
    await expect(page.locator('dt')).toHaveCount(2);
    await expect(page.locator('a[href*=withdraw]')).toHaveCount(0);
  });
});
