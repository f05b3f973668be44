//! What the report form owes yet.

import { choose, reportBy, send } from '../lib/forms.mjs';
import { expect, inEachLanguage, test } from '../lib/test.ts';

const REFERENCE = /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{3}-[0-9A-HJKMNP-TV-Z]{3}$/;

test('what has the focus is never hidden behind "call now"', async ({ page }) => {
  await page.goto('/report');
  await choose(page, '12G00');
  await page.locator('#contact').focus();
  const stops = new Set<string>();
  for (let back = 0; back < 12; back += 1) {
    await page.keyboard.press('Shift+Tab');
    const { stop, hidden } = await page.locator(':focus').evaluate((focused) => {
      const box = (focused.closest('label.choice') ?? focused).getBoundingClientRect();
      const points = [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) => [box.left + box.width * x, box.top + box.height * y] as const));
      const seen = points.filter(([x, y]) => document.elementFromPoint(x, y)?.closest('.call-now') == null && y >= 0 && y < innerHeight);
      return { stop: `${focused.tagName} ${focused.id || (focused as HTMLInputElement).name}`, hidden: points.length - seen.length };
    });
    if (stop.startsWith('A ')) break;
    stops.add(stop);
    expect.soft(hidden, `points of ${stop} that cannot be seen`).toBe(0);
  }
  expect([...stops]).toContain('INPUT position');
});

test('the language can be switched with a refused form on the page, and nothing typed is lost', async ({ page, watch }) => {
  watch.means(422);
  await page.goto('/report');
  await page.locator('#what').fill('河水发白，有刺鼻气味。');
  await send(page);
  await page.locator('.switch').click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.locator('#what')).toHaveValue('河水发白，有刺鼻气味。');
});

test('the same report sent again after going back is one report', async ({ page }) => {
  await page.goto('/report');
  await reportBy(page, { what: 'A loose hoarding.' });
  await expect(page.locator('.reference')).toHaveText(REFERENCE);
  const receipt = page.url();
  await page.goBack();
  await expect(page.locator('#what')).toHaveValue('A loose hoarding.');
  await send(page);
  await expect(page).toHaveURL(receipt);
});

inEachLanguage((words) => {
  test('other words under the same key are explained, kept, and sent as a report of their own', async ({ page, watch }) => {
    watch.means(409);
    await page.goto('/report');
    await reportBy(page, { what: 'The first thing.' });
    const first = await page.locator('.reference').textContent();
    await page.goBack();
    await page.locator('#what').fill('Quite another thing.');
    expect((await send(page)).status()).toBe(409);
    await expect(page).toHaveTitle(new RegExp(`^${words.get('error-prefix')} `));
    await expect(page.getByRole('alert')).toBeFocused();
    await expect(page.getByRole('alert')).toContainText(words.get('summary-conflict'));
    await expect(page.getByRole('alert')).toContainText(words.get('summary-conflict-what'));
    await expect(page.locator('#what')).toHaveValue('Quite another thing.');
    await expect(page.locator('#address')).toHaveValue('Mill Road 12');

    expect((await send(page)).status()).toBe(200);
    await expect(page.locator('.reference')).toHaveText(REFERENCE);
    await expect(page.locator('.reference')).not.toHaveText(first!);
  });
});
