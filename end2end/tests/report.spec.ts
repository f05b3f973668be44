//! The report form: what it asks, how it is filled in, what happens when something is missing.

import { choose, fillSite, onward, reportBy, send, sendThrough, useKey } from '../lib/forms.mjs';
import { tabTo } from '../lib/keyboard.ts';
import { newKey, report } from '../lib/reports.mjs';
import { expect, inEachLanguage, test, type Language, type Page } from '../lib/test.ts';
import { Words } from '../lib/words.mjs';

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const REFERENCE = /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{3}-[0-9A-HJKMNP-TV-Z]{3}$/;

const callNow = (page: Page) => page.locator('form .call-now');

test('the first hidden field is the key, and every load has a new one', async ({ page }) => {
  await page.goto('/report');
  await expect(page.locator('main form')).toHaveCount(1);
  await expect(page.locator('main form')).toHaveAttribute('method', 'post');
  const first = page.locator('main form input[type=hidden]').first();
  await expect(first).toHaveAttribute('name', 'key');
  const key = await first.inputValue();
  expect(key).toMatch(UUID_V7);
  await page.goto('/report');
  expect(await first.inputValue()).not.toBe(key);
});

inEachLanguage((words) => {
  test('every field has a label and an ordinary name', async ({ page }) => {
    await page.goto('/report');
    const controls = page.locator('main form').locator('input:not([type=hidden]), textarea, select');
    const described = await controls.evaluateAll((all) =>
      (all as HTMLInputElement[]).map(({ name, labels }) => ({ name, label: [...(labels ?? [])].map((label) => label.textContent?.trim()).join(' ') })),
    );
    for (const { name, label } of described) expect(label, name).toBeTruthy();
    expect(new Set(described.map(({ name }) => name))).toEqual(new Set(['category', 'danger', 'address', 'position', 'unknown', 'people', 'what', 'contact', 'site', 'name', 'hazard', 'substance', 'places']));
    await expect(page.getByRole('group', { name: words.get('report-category') }).getByRole('radio')).not.toHaveCount(0);
    await expect(page.getByRole('textbox', { name: words.get('report-what') })).toHaveAccessibleDescription(words.get('report-what-hint', { limit: 2000 }));
  });

  test('an empty form comes back with a summary that leads to what is missing', async ({ page, watch }) => {
    watch.means(422);
    await page.goto('/report');
    const answer = await send(page);
    expect(answer.status()).toBe(422);
    await expect(page).toHaveURL(/\/report\?/);
    await expect(page).toHaveTitle(`${words.get('error-prefix')} ${words.get('report-title')} · ${words.get('brand')}`);

    const summary = page.getByRole('alert');
    await expect(summary).toBeFocused();
    await expect(summary.getByRole('heading')).toHaveText(words.get('summary-title'));
    expect(await page.locator('main > *').first().evaluate((first) => first.className)).toBe('summary');
    const links = summary.getByRole('link');
    await expect(links).toHaveText([words.get('fault-category-missing'), words.get('fault-place-missing')]);

    // Each link goes to its field, and the field says the same.
    await links.nth(1).click();
    await expect(page.locator('#address')).toBeFocused();
    await expect(page.locator('#address')).toHaveAttribute('aria-invalid', 'true');
    await expect(page.locator('#address')).toHaveAccessibleDescription(new RegExp(words.like('fault-place-missing').source));
    await links.nth(0).click();
    await expect(page.locator('#category-first')).toBeFocused();
    await expect(page.getByRole('group', { name: words.get('report-category') })).toHaveAccessibleDescription(words.get('fault-category-missing'));
  });

  test('a refused form keeps everything that was typed, and can be mended', async ({ page, watch }) => {
    watch.means(422);
    const typed = {
      '#address': '  "Mill" & Sons <12>, 渔市街 18 号',
      '#position': "31°13'49.44\"N 121°28'25.32\"E",
      '#people': 'a few',
      '#what': '\n\n  </textarea><script>alert(1)</script>\n\t“引号” & &amp; 👩‍👩‍👧‍👦 مرحبا\n',
      '#contact': "o'neil@example.org",
    };
    await page.goto('/report');
    const key = await page.locator('input[name=key]').inputValue();
    await choose(page, '12N00');
    await page.locator('input[name=danger]').check();
    for (const [field, text] of Object.entries(typed)) await page.locator(field).fill(text);
    await page.locator('input[name=unknown]').check();

    expect((await send(page)).status()).toBe(422);
    await expect(page.getByRole('alert').getByRole('link')).toHaveText([words.get('fault-people')]);
    for (const [field, text] of Object.entries(typed)) await expect(page.locator(field)).toHaveValue(text);
    await expect(page.locator('input[name=category][value="12N00"]')).toBeChecked();
    await expect(page.locator('input[name=category][value="12N00"]')).toBeVisible();
    await expect(page.locator('input[name=danger]')).toBeChecked();
    await expect(page.locator('input[name=unknown]')).toBeChecked();
    // It is still the same report.
    await expect(page.locator('input[name=key]')).toHaveValue(key);

    await page.locator('#people').fill('３');
    expect((await send(page)).status()).toBe(200);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.get('receipt-heading'));
  });

  test('an organisation names its site, the hazard, other places and whom to ask for', async ({ page, watch }) => {
    watch.means(422);
    await page.goto('/report');
    await choose(page, '12D00');
    await page.locator('#address').fill('Gate 2');
    await expect(page.locator('#site')).toBeHidden();
    await fillSite(page);
    expect((await send(page)).status()).toBe(422);
    await expect(page.getByRole('alert').getByRole('link')).toHaveText([words.get('fault-name')]);
    await expect(page.locator('#places')).toBeVisible();
    await page.locator('#contact').fill('555 0100');
    expect((await send(page)).status()).toBe(200);
    await onward(page, () => page.locator('a[href^="/track/"]').first().click());
    for (const said of ['Riverside Chemicals, plant 2', words.get('hazard-chemical'), 'Liquid ammonia, tank 3, 20 t', '仓库东门', 'Li Wei, 555 0100']) {
      await expect(page.locator('dl.sent')).toContainText(said);
    }
  });

  test('a text that is too long is kept whole, and the summary says by how much', async ({ page, watch }) => {
    watch.means(422);
    const what = '字👍'.repeat(1_001);
    await page.goto('/report');
    await choose(page, '20000');
    await page.locator('input[name=unknown]').check();
    await page.locator('#what').fill(what);
    await send(page);
    await expect(page.getByRole('alert').getByRole('link')).toHaveText([words.get('fault-long', { field: words.get('report-what'), has: 2002, limit: 2000 })]);
    await expect(page.locator('#what')).toHaveValue(what);
  });

  test('a dangerous kind shows "call now" on top and keeps the form', async ({ page }) => {
    await page.goto('/report');
    await page.locator('#address').fill('Mill Road 12');
    await expect(callNow(page)).toBeHidden();

    await choose(page, '12P00');
    await expect(callNow(page)).toBeHidden();
    await choose(page, '12G00');
    await expect(callNow(page)).toBeVisible();
    await expect(callNow(page)).toBeInViewport();
    await expect(callNow(page)).toContainText(words.get('call-now'));
    for (const number of [119, 120, 110]) await expect(callNow(page).locator(`a[href="tel:${number}"]`)).toBeVisible();
    const [call, first] = await Promise.all([callNow(page).boundingBox(), page.locator('form fieldset').first().boundingBox()]);
    expect(call!.y).toBeLessThan(first!.y + first!.height);
    await expect(page.locator('#address')).toHaveValue('Mill Road 12');

    await choose(page, '20000');
    await expect(callNow(page)).toBeHidden();
    await page.locator('input[name=danger]').check();
    await expect(callNow(page)).toBeVisible();
    await page.locator('input[name=danger]').uncheck();
    await expect(callNow(page)).toBeHidden();
  });

  const wheres: [string, (page: Page) => Promise<void>, (page: Page) => Promise<void>][] = [
    [
      'an address',
      (page) => page.locator('#address').fill('灯塔新村 3 栋'),
      (page) => expect(page.locator('dl.sent dt', { hasText: words.get('track-place') }).locator('+ dd')).toHaveText('灯塔新村 3 栋'),
    ],
    [
      'coordinates',
      (page) => page.locator('#position').fill('31.2304, 121.4737'),
      (page) => expect(page.locator('dl.sent dd', { hasText: '31.2304, 121.4737' })).toContainText('31.23040, 121.47370'),
    ],
    [
      'a plus code',
      (page) => page.locator('#position').fill('8Q336FJF+5F'),
      (page) => expect(page.locator('dl.sent dd', { hasText: '8Q336FJF+5F' })).toContainText(/31\.23\d+, 121\.47\d+/),
    ],
    [
      '"I do not know"',
      (page) => page.locator('input[name=unknown]').check(),
      (page) => expect(page.locator('dl.sent dt', { hasText: words.get('track-place') }).locator('+ dd')).toHaveText(words.get('track-none')),
    ],
  ];
  for (const [where, say, shown] of wheres) {
    test(`${where} says where it is well enough`, async ({ page }) => {
      await page.goto('/report');
      await choose(page, '20000');
      await say(page);
      expect((await sendThrough(page)).status()).toBe(200);
      await expect(page).toHaveURL(/\/receipt\/[\w-]{43}$/);
      await expect(page).toHaveTitle(`${words.get('receipt-title')} · ${words.get('brand')}`);
      await expect(page.locator('.reference')).toHaveText(REFERENCE);
      await page.getByRole('link', { name: words.get('receipt-follow') }).click();
      await shown(page);
    });
  }
});

inEachLanguage((words, language) => {
  const other = language === 'en' ? 'zh-CN' : 'en';
  const typed = {
    '#address': '  "Mill" & Sons <12>, 渔市街 18 号',
    '#position': 'nowhere',
    '#people': 'a few',
    '#what': '\n\n  河水发白，</textarea>有刺鼻气味。\n👩‍👩‍👧‍👦\n',
    '#contact': "o'neil@example.org",
  };

  for (const refused of [false, true]) {
    test(`the language can be switched in the middle of a ${refused ? 'refused' : 'fresh'} form, and nothing typed is lost`, async ({ page, watch }) => {
      if (refused) watch.means(422);
      await page.goto('/report');
      const key = await page.locator('input[name=key]').inputValue();
      await choose(page, '12N00');
      await page.locator('input[name=danger]').check();
      await page.locator('input[name=unknown]').check();
      for (const [field, text] of Object.entries(typed)) await page.locator(field).fill(text);
      if (refused) expect((await send(page)).status()).toBe(422);

      const change = page.getByRole('banner').getByRole('button', { name: words.get('switch-language'), exact: true });
      await expect(change).toHaveAttribute('lang', other);
      const there = async (now: Language) => {
        await expect(page.locator('html')).toHaveAttribute('lang', now);
        await expect(page).toHaveTitle(`${new Words(now).get('report-title')} · ${new Words(now).get('brand')}`);
        await expect(page.getByRole('alert')).toHaveCount(0);
        for (const [field, text] of Object.entries(typed)) await expect(page.locator(field)).toHaveValue(text);
        await expect(page.locator('input[name=category]:checked')).toHaveValue('12N00');
        await expect(page.locator('input[name=danger]')).toBeChecked();
        await expect(page.locator('input[name=unknown]')).toBeChecked();
        await expect(page.locator('input[name=key]')).toHaveValue(key);
      };
      const answer = await onward(page, () => change.click());
      expect(answer.status()).toBe(200);
      expect(answer.headers()['cache-control']).toBe('no-store');
      await there(other);
      expect((await onward(page, () => page.locator('.switch').click())).status()).toBe(200);
      await there(language);

      // It was not sent: under the same key it can be another report still.
      await page.locator('#people').fill('3');
      expect((await send(page)).status()).toBe(200);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.get('receipt-heading'));
    });
  }

  test('the enter key in a field sends the form, and leaves the language alone', async ({ page, watch }) => {
    watch.means(422);
    await page.goto('/report');
    await choose(page, '12G00');
    expect((await onward(page, () => page.locator('#people').press('Enter'))).status()).toBe(422);
    await expect(page.getByRole('alert').getByRole('link')).toHaveText([words.get('fault-place-missing')]);
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    await page.locator('#address').fill('Mill Road 12');
    expect((await onward(page, () => page.locator('#address').press('Enter'))).status()).toBe(200);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.get('receipt-heading'));
  });
});

test('everything can be done with the keyboard alone', async ({ page }) => {
  await page.goto('/');
  await page.keyboard.press('Tab');
  const skip = page.locator('a.skip');
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('Enter');
  await tabTo(page, page.locator('a.way.first'));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/report');

  await tabTo(page, page.locator('#category-first'));
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('input[name=category]:checked')).toHaveValue('13Y00');
  await tabTo(page, page.locator('fieldset details > summary'));
  await page.keyboard.press('Enter');
  await expect(page.locator('fieldset details[open]')).toBeVisible();
  await tabTo(page, page.locator('input[name=danger]'));
  await page.keyboard.press('Space');
  await expect(page.locator('input[name=danger]')).toBeChecked();
  await tabTo(page, page.locator('#address'));
  await page.keyboard.type('渔市街 18 号');
  await tabTo(page, page.locator('#people'));
  await page.keyboard.type('2');
  await tabTo(page, page.locator('#what'));
  await page.keyboard.type('It smells of gas.');
  await tabTo(page, page.locator('#contact'));
  await page.keyboard.type('13800000000');
  await tabTo(page, page.locator('button.send'));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/receipt\//);
});

inEachLanguage(() => {
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
    // It is still in sight, numbers and all.
    for (const number of [119, 120, 110]) await expect(callNow(page).locator(`a[href="tel:${number}"]`)).toBeInViewport({ ratio: 1 });
  });
});

test('the switch of the language is worked with the keyboard, and what only the enter key needs is no stop', async ({ page }) => {
  await page.goto('/report');
  await page.locator('#what').fill('It smells of gas.');
  await page.locator('.brand').focus();
  await page.keyboard.press('Tab');
  await expect(page.locator('.switch')).toBeFocused();
  await onward(page, () => page.keyboard.press('Enter'));
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.locator('#what')).toHaveValue('It smells of gas.');
  await expect(page.getByRole('banner').getByRole('button')).toHaveCount(1);
});

test('a paste far beyond the limit comes back whole', async ({ page, watch }) => {
  watch.means(422);
  const what = '水'.repeat(20_000);
  await page.goto('/report');
  await choose(page, '20000');
  await page.locator('#address').fill('Mill Road 12');
  await page.locator('#what').fill(what);
  expect((await send(page)).status()).toBe(422);
  await expect(page.locator('#what')).toHaveValue(what);
});

test('pressing "send" twice sends once', async ({ page }) => {
  await page.goto('/report');
  await choose(page, '12G00');
  await page.locator('#address').fill('Mill Road 12');
  await page.locator('button.send').dblclick();
  await expect(page).toHaveURL(/\/receipt\//);
});

inEachLanguage((words) => {
  test('other words under the same key are explained, kept, and sent as a report of their own', async ({ page, watch }) => {
    watch.means(409);
    await page.goto('/report');
    await reportBy(page, { category: '12G00', what: 'The first thing.' });
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

test('the same words under the same key are the same report', async ({ page, baseURL }) => {
  const key = newKey();
  const secret = await report(baseURL!, { key, category: '12G00', address: 'Mill Road 12' });
  await page.goto('/report');
  await useKey(page, key);
  await choose(page, '12G00');
  await page.locator('#address').fill('Mill Road 12');
  await send(page);
  await expect(page).toHaveURL(`/receipt/${secret}`);
});

test('the same report sent again after going back is one report', async ({ page }) => {
  await page.goto('/report');
  await reportBy(page, { category: '12G00', what: 'A loose hoarding.' });
  await expect(page.locator('.reference')).toHaveText(REFERENCE);
  const receipt = page.url();
  await page.goBack();
  await expect(page.locator('#what')).toHaveValue('A loose hoarding.');
  await send(page);
  await expect(page).toHaveURL(receipt);
});
