//! The first page: whom to call, the ways on, the language.

import { expect, inEachLanguage, test } from '../lib/test.ts';
import { Words } from '../lib/words.mjs';

const NUMBERS = { 119: 'fire', 120: 'ambulance', 110: 'police', 122: 'traffic', 12345: 'hotline' };

inEachLanguage((words, language) => {
  test('the emergency numbers can be pressed, and say who answers', async ({ page }) => {
    await page.goto('/');
    await expect(page).toHaveTitle(`${words.get('home-title')} · ${words.get('brand')}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.get('home-heading'));
    const calls = page.locator('main a[href^="tel:"]');
    await expect(calls).toHaveCount(5);
    for (const [number, service] of Object.entries(NUMBERS)) {
      const name = words.get('call', { number, service: words.get(`service-${service}`) });
      const call = page.getByRole('link', { name, exact: true });
      await expect(call).toHaveAttribute('href', `tel:${number}`);
      await expect(call).toContainText(words.get(`service-${service}`));
    }
    // Before anything else, and without scrolling.
    await expect(calls.first()).toBeInViewport({ ratio: 1 });
    await expect(calls.nth(2)).toBeInViewport({ ratio: 1 });
  });

  test('three ways on are named, and only what is built is a link', async ({ page }) => {
    await page.goto('/');
    const ways = page.locator('nav.ways li');
    await expect(ways).toHaveCount(3);
    for (const [place, name] of ['home-report', 'home-guidance', 'home-shelter'].entries()) {
      await expect(ways.nth(place)).toContainText(words.get(name));
    }
    await expect(ways.locator('a')).toHaveCount(1);

    const addresses = await page.locator('a[href^="/"], link[href^="/"]').evaluateAll((links) => [...new Set(links.map((link) => link.getAttribute('href') ?? ''))]);
    expect(addresses).toContain('/report');
    for (const address of addresses) {
      expect((await page.request.get(address)).status(), address).toBe(200);
    }
    await ways.locator('a').click();
    await expect(page).toHaveURL('/report');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.get('report-heading'));
  });

  test('the page comes in the language of the browser', async ({ page }) => {
    await page.goto('/');
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    const other = language === 'en' ? 'zh-CN' : 'en';
    const change = page.locator('a.switch');
    await expect(change).toHaveText(words.get('switch-language'));
    await expect(change).toHaveAttribute('lang', other);
  });

  test('the language that is switched to is remembered', async ({ page, context }) => {
    const other = language === 'en' ? 'zh-CN' : 'en';
    await page.goto('/report');
    await page.locator('.switch').click();
    await expect(page.locator('html')).toHaveAttribute('lang', other);
    await expect(page).toHaveURL(/\/report\?lang=/);
    for (const address of ['/', '/report', '/open']) {
      await page.goto(address);
      await expect(page.locator('html')).toHaveAttribute('lang', other);
      const change = page.locator('.switch');
      await expect(change).toHaveText(new Words(other).get('switch-language'));
      await expect(change).toHaveAttribute('lang', language);
    }
    const cookie = (await context.cookies()).find(({ name }) => name === 'lang');
    expect(cookie).toMatchObject({ name: 'lang', value: other, sameSite: 'Lax', path: '/' });

    await page.locator('a.switch').click();
    await expect(page.locator('html')).toHaveAttribute('lang', language);
  });
});

test('the switch keeps what else the address says', async ({ page, city }) => {
  await page.goto(`${await city.url('counted')}/open?period=day`);
  await page.locator('a.switch').click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.locator('.periods [aria-current]')).toHaveAttribute('href', /period=day/);
});

test('a demonstration says so on every page', async ({ page, city }) => {
  for (const address of ['/', '/report', '/open', '/nowhere']) {
    const answer = await page.request.get((await city.url('demo')) + address);
    expect(await answer.text(), address).toContain('class="demo"');
  }
});
