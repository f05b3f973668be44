//! A receipt proves something to whoever did not write it.

import { onward, reportBy } from '../lib/forms.mjs';
import { expect, inEachLanguage, test } from '../lib/test.ts';

inEachLanguage((words) => {
  test('the receipt of a report is right, a changed one is not, and anything else is none', async ({ page }) => {
    await page.goto('/report');
    await reportBy(page, { category: '12G00' });
    const code = page.locator('.secret code');
    const statement = (await code.textContent()) ?? '';
    await page.locator('details summary').click();
    await onward(page, () => page.getByRole('link', { name: words.get('receipt-verify') }).click());
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.get('verify-heading'));

    const verdict = page.locator('[data-verdict]:visible');
    const check = async (text: string, name: string, heading: string) => {
      await page.locator('#statement').fill(text);
      await page.locator('form button.send').click();
      await expect(verdict).toHaveAttribute('data-verdict', name);
      await expect(verdict.getByRole('heading')).toHaveText(words.get(heading));
      await expect(page.locator('#statement')).toHaveValue(text);
    };
    await check(statement, 'right', 'verify-right');
    await expect(verdict.locator('[data-part=key]')).toHaveText(statement.match(/key=(\S+)/)?.[1] ?? '?');
    await expect(verdict.locator('[data-part=received]')).not.toBeEmpty();
    await check(statement.replace(/sha256=./, (start) => start.slice(0, -1) + (start.endsWith('0') ? '1' : '0')), 'wrong', 'verify-wrong');
    await check('我的回执', 'unreadable', 'verify-unreadable');
  });
});
