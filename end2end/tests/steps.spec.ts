//! From the form to the report by its further pages: what is close by, extra questions, a last look.

import { choose, onward, send } from '../lib/forms.mjs';
import { report } from '../lib/reports.mjs';
import { expect, inEachLanguage, test, type Page } from '../lib/test.ts';

const question = (page: Page, code: string) => page.locator(`[data-question="${code}"]`);

async function toDetails(page: Page, what = '') {
  await page.goto('/report');
  await choose(page, '12P00');
  await page.locator('#address').fill('Lighthouse Lane 3');
  await page.locator('#what').fill(what);
  await send(page);
}

inEachLanguage((words) => {
  test('what is not urgent is asked about, looked at once more, and sent', async ({ page }) => {
    await toDetails(page, 'Dark since noon, call 13812345678');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.get('details-heading'));
    await question(page, 'supply').locator('input[value=power]').check();
    await question(page, 'extent').locator('input[value=block]').check();
    await send(page);
    // Without script the answer brings up more questions on another page; with it, they stood there at once.
    if ((await page.locator('input[name=step]').inputValue()) === 'details') await send(page);

    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.get('check-heading'));
    await expect(page.locator('.caution')).toContainText(words.get('private-phone'));
    const [everyone, handler] = [page.locator('.who-sees section').first(), page.locator('.who-sees section').last()];
    await expect(everyone).not.toContainText('Dark since noon');
    await expect(everyone).not.toContainText('Lighthouse Lane 3');
    await expect(handler).toContainText('Dark since noon, call 13812345678');
    await expect(handler).toContainText(words.get('choice-block'));

    await onward(page, () => page.getByRole('button', { name: words.get('details-back') }).click());
    await expect(page.locator('#what')).toHaveValue('Dark since noon, call 13812345678');
    await page.locator('#what').fill('Dark since noon');
    await send(page);
    await expect(question(page, 'supply').locator('input[value=power]')).toBeChecked();
    await send(page);
    await expect(page.locator('.caution')).toHaveCount(0);
    await send(page);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.get('receipt-heading'));
    await page.getByRole('link', { name: words.get('receipt-follow') }).click();
    await expect(page.locator('dl.sent')).toContainText(words.get('choice-power'));
  });

  test('an answer that means danger brings up "call now", and the report goes at once', async ({ page, javaScriptEnabled }) => {
    await toDetails(page);
    await question(page, 'supply').locator('input[value=power]').check();
    if (javaScriptEnabled === false) {
      await question(page, 'extent').locator('input[value=block]').check();
      await send(page);
    }
    await expect(page.locator('form .call-now')).toBeHidden();
    await question(page, 'wire-down').locator('input[value=yes]').check();
    await expect(page.locator('form .call-now')).toBeVisible();
    await send(page);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.get('receipt-heading'));
    await expect(page.locator('.call-now')).toBeVisible();
  });

  test('what must be answered is said, and nothing given before is lost', async ({ page, watch }) => {
    watch.means(422);
    await toDetails(page, 'Dark since noon');
    expect((await send(page)).status()).toBe(422);
    await expect(page.getByRole('alert')).toBeFocused();
    await page.getByRole('alert').getByRole('link').first().click();
    await expect(question(page, 'supply').locator('input').first()).toBeFocused();
    await expect(page.locator('input[name=what]')).toHaveValue('Dark since noon');
  });

  test('an answer may end the form with advice, and can be changed', async ({ page }) => {
    await toDetails(page);
    await question(page, 'supply').locator('input[value=bill]').check();
    await send(page);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.get('stopped-heading'));
    await expect(page.locator('a[href="tel:12345"]')).toBeVisible();
    await onward(page, () => page.getByRole('button', { name: words.get('stopped-back') }).click());
    await expect(question(page, 'supply').locator('input[value=bill]')).toBeChecked();
  });

  test('the language can be switched between the pages, and every answer stays', async ({ page }) => {
    await toDetails(page, 'Dark since noon');
    await question(page, 'supply').locator('input[value=water]').check();
    await onward(page, () => page.locator('button.switch').click());
    await expect(page.locator('input[name=step]')).toHaveValue('details');
    await expect(question(page, 'supply').locator('input[value=water]')).toBeChecked();
    await expect(page.locator('input[name=what]')).toHaveValue('Dark since noon');
  });

  test('a report close by can be joined instead of told again', async ({ page, baseURL }) => {
    const position = '31.2504, 121.4037';
    await report(baseURL!, { category: '12Q00', position, what: "The smell comes from Ms Zhang's yard" });
    await expect(async () => {
      await page.goto('/report');
      await choose(page, '12Q00');
      await page.locator('#position').fill(position);
      await send(page);
      await expect(page.locator('input[name=join]')).not.toHaveCount(0, { timeout: 100 });
    }).toPass();
    await expect(page.locator('#join')).toBeChecked();
    await expect(page.locator('main')).not.toContainText('Zhang');
    await page.locator('input[name=join]').first().check();
    await send(page);
    await expect(page).toHaveURL(/\/track\/[\w-]{43}\?joined$/);
    await expect(page.getByRole('status')).toHaveText(words.get('companion-joined'));
    await expect(page.locator('main')).not.toContainText('Zhang');
  });
});
