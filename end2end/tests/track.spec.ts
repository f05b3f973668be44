//! Following a report by its secret link, and adding to it.

import { onward, reportBy, send, useKey } from '../lib/forms.mjs';
import { newKey, report } from '../lib/reports.mjs';
import { expect, inEachLanguage, test } from '../lib/test.ts';

/** Browsers send line feeds as CR LF, and so they are stored. */
const sent = (typed: string) => typed.replace(/\r?\n/g, '\r\n');

const TROUBLESOME = [
  '</textarea><script>alert(1)</script>',
  '"double" \'single\' `back` <b>&amp;</b> &lt; &#13; %00 {{7*7}} ${7*7}',
  '\n\n  leading, and trailing  \n\n',
  'emoji 👩‍👩‍👧‍👦🏳️‍🌈 𠮷野家 a\u0301 \u200b\u00a0\u3000.',
  'שלום مرحبا \u202eright to left\u202c \u2066isolated\u2069',
];

inEachLanguage((words) => {
  test('the page shows the status, what has happened, and what was sent', async ({ page }) => {
    await page.goto('/report');
    await reportBy(page, { category: '12P00', what: '整栋楼停水。', address: '堤岸小区', contact: 'a@example.org' });
    const reference = (await page.locator('.reference').textContent())!;
    await page.getByRole('link', { name: words.get('receipt-follow') }).click();
    await expect(page).toHaveTitle(`${words.get('track-title')} · ${words.get('brand')}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.get('track-heading', { reference }));
    await expect(page.locator('.status')).toContainText(words.get('status-received'));
    const history = page.locator('ol.history li');
    await expect(history).toHaveCount(1);
    await expect(history).toContainText(words.get('entry-received'));
    const time = await history.locator('time').getAttribute('datetime');
    expect(Math.abs(Date.now() - Date.parse(time!))).toBeLessThan(60_000);

    const answers = page.locator('dl.sent dd');
    await expect(answers).toHaveText([
      words.get('category-12P00'),
      words.get('track-no'),
      words.get('track-unknown'),
      '堤岸小区',
      words.get('track-none'),
      '整栋楼停水。',
      words.get('choice-power'),
      words.get('choice-one-home'),
      'a@example.org',
    ]);
  });

  test('something can be added', async ({ page, baseURL }) => {
    await page.goto(`/track/${await report(baseURL!)}`);
    const key = await page.locator('input[name=key]').inputValue();
    await page.locator('#note').fill('They are out.');
    await send(page);
    await expect(page.getByRole('status')).toHaveText(words.get('track-added'));
    await expect(page.locator('ol.history li')).toHaveCount(2);
    await expect(page.locator('ol.history li').nth(1)).toContainText(words.get('entry-note'));
    await expect(page.locator('ol.history .verbatim')).toHaveText('They are out.');
    await expect(page.locator('#note')).toHaveValue('');
    await expect(page.locator('input[name=key]')).not.toHaveValue(key);
  });

  test('an empty addition comes back with a summary', async ({ page, baseURL, watch }) => {
    watch.means(422);
    await page.goto(`/track/${await report(baseURL!)}`);
    await page.locator('#note').fill('  \n ');
    expect((await send(page)).status()).toBe(422);
    await expect(page).toHaveTitle(`${words.get('error-prefix')} ${words.get('track-title')} · ${words.get('brand')}`);
    await expect(page.getByRole('alert')).toBeFocused();
    await expect(page.getByRole('alert').getByRole('link')).toHaveText([words.get('fault-note-missing')]);
    await page.getByRole('alert').getByRole('link').click();
    await expect(page.locator('#note')).toBeFocused();
    await expect(page.locator('#note')).toHaveValue('  \n ');
    await expect(page.locator('ol.history li')).toHaveCount(1);
  });

  test('other words under the same key are explained, kept, and added too', async ({ page, baseURL, watch }) => {
    watch.means(409);
    const secret = await report(baseURL!);
    const key = newKey();
    await page.goto(`/track/${secret}`);
    await useKey(page, key);
    await page.locator('#note').fill('They are out.');
    await send(page);
    await useKey(page, key);
    await page.locator('#note').fill('They are not out.');
    expect((await send(page)).status()).toBe(409);
    await expect(page.getByRole('alert')).toBeFocused();
    await expect(page.getByRole('alert')).toContainText(words.get('summary-conflict-note'));
    await expect(page.locator('#note')).toHaveValue('They are not out.');
    expect((await send(page)).status()).toBe(200);
    await expect(page.locator('ol.history .verbatim')).toHaveText(['They are out.', 'They are not out.']);
  });

  test('a wrong link leads to a page that says so, with the numbers to call', async ({ page, baseURL, watch }) => {
    watch.means(404);
    const secret = await report(baseURL!);
    const forged = secret.replace(/.$/, (last) => (last === 'A' ? 'E' : 'A'));
    for (const address of [`/track/${forged}`, `/track/${secret.slice(0, 20)}`, `/receipt/${forged}`, '/track/%F0%9F%92%A9', '/nowhere']) {
      const answer = await page.goto(address);
      expect(answer?.status(), address).toBe(404);
      await expect(page).toHaveTitle(`${words.get('missing-title')} · ${words.get('brand')}`);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.get('missing-heading'));
      for (const number of [119, 120, 110]) await expect(page.locator(`main a[href="tel:${number}"]`)).toBeVisible();
    }
  });
});

test('the language can be switched in the middle of an addition, and nothing typed is lost', async ({ page, baseURL, watch }) => {
  watch.means(422);
  const address = `/track/${await report(baseURL!)}`;
  const note = '\n\n  他们出来了。</textarea> 👩‍👩‍👧‍👦\n';
  for (const refused of [false, true]) {
    await page.goto(`${address}?lang=zh-CN`);
    const key = await page.locator('input[name=key]').inputValue();
    if (refused) {
      await send(page);
      await expect(page.getByRole('alert')).toBeVisible();
    }
    await page.locator('#note').fill(note);
    expect((await onward(page, () => page.locator('.switch').click())).status()).toBe(200);
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await expect(page.getByRole('alert')).toHaveCount(0);
    await expect(page.locator('#note')).toHaveValue(note);
    await expect(page.locator('input[name=key]')).toHaveValue(key);
    await expect(page.locator('ol.history li')).toHaveCount(1);
  }
  await send(page);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.locator('ol.history li')).toHaveCount(2);
});

test('what was typed reads back to the byte', async ({ page }) => {
  for (const typed of TROUBLESOME) {
    await page.goto('/report');
    await reportBy(page, { what: typed, address: typed.replace(/\n/g, ' '), contact: typed.replace(/\n/g, ' ') });
    await onward(page, () => page.locator('a.send').click());
    const line = typed.replace(/\n/g, ' ');
    const told = await page.locator('dl.sent .verbatim').evaluateAll((all) => all.map((one) => one.textContent));
    // What was answered to the extra questions stands between.
    const [address, what, contact] = [told[0], told[1], told.at(-1)];
    expect({ address, what, contact }).toEqual({ address: line, what: sent(typed), contact: line });

    await page.locator('#note').fill(typed);
    await send(page);
    expect(await page.locator('ol.history .verbatim').evaluate((note) => note.textContent)).toBe(sent(typed));
    await expect(page.locator('main script:not([nonce])')).toHaveCount(0);
  }
});

test('pressing "send" twice adds once', async ({ page, baseURL }) => {
  await page.goto(`/track/${await report(baseURL!)}`);
  await page.locator('#note').fill('They are out.');
  await page.locator('button.send').dblclick();
  await expect(page.getByRole('status')).toBeVisible();
  await page.reload();
  await expect(page.locator('ol.history li')).toHaveCount(2);
});
