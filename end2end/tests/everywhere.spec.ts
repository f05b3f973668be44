//! What holds in every state of every page.

import AxeBuilder from '@axe-core/playwright';
import { STATES } from '../lib/states.mjs';
import { expect, inEachLanguage, LANGUAGES, test, type Page } from '../lib/test.ts';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** In CSS pixels. */
const TOUCH = 44;
const NARROW = 320;

async function violations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`));
}

/** Links and controls that a finger misses. Links within a sentence are as large as its words. */
function smallTargets(page: Page): Promise<string[]> {
  return page.locator('a, button, summary, select, textarea, input:not([type=hidden])').evaluateAll(
    (all, least) =>
      all.flatMap((control) => {
        const target = control.closest('label') ?? control;
        const { width, height } = target.getBoundingClientRect();
        if (!control.checkVisibility() || target.matches('.skip:not(:focus)')) return [];
        const words = [...(target.parentElement?.childNodes ?? [])].some((node) => node.nodeType === Node.TEXT_NODE && /\p{L}/u.test(node.textContent ?? ''));
        const inSentence = getComputedStyle(target).display === 'inline' && words;
        const missed = !inSentence && (width < least - 0.5 || height < least - 0.5);
        return missed ? [`${width.toFixed(0)} × ${height.toFixed(0)}: ${target.outerHTML.replace(/<svg.*?<\/svg>/g, '').slice(0, 120)}`] : [];
      }),
    TOUCH,
  );
}

inEachLanguage((_, language) => {
  // Pages of last resort are in both languages at once.
  for (const { name, status, reach } of STATES.filter((state) => !state.plain || language === LANGUAGES[0])) {
    test(`${name}: nothing shuts anybody out, in the light and in the dark`, async ({ page, city, watch }) => {
      watch.means(status);
      await reach(page, city);
      await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
      await expect(page.getByRole('main')).toHaveCount(1);
      await expect(page).toHaveTitle(/\S/);
      await expect(page.locator('html')).toHaveAttribute('lang', language);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect.soft(await violations(page), colorScheme).toEqual([]);
      }
    });

    test(`${name}: everything can be hit with a finger, and nothing runs off a narrow screen`, async ({ page, city, watch }) => {
      watch.means(status);
      await reach(page, city);
      expect.soft(await smallTargets(page)).toEqual([]);
      await page.setViewportSize({ width: NARROW, height: 640 });
      expect.soft(await smallTargets(page), `at ${NARROW} pixels`).toEqual([]);
      const [content, screen] = await page.locator('html').evaluate((html) => [html.scrollWidth, html.clientWidth]);
      expect.soft(content, 'width of the content').toBeLessThanOrEqual(screen!);
    });
  }
});

for (const { name, status, reach } of STATES) {
  test(`${name}: who prefers the dark gets it`, async ({ page, city, watch }) => {
    watch.means(status);
    await page.emulateMedia({ colorScheme: 'dark' });
    await reach(page, city);
    const [ground, ink] = await page.locator('body').evaluate((body) => {
      // Through a canvas, whatever notation the style uses.
      const paint = (colour: string) => {
        const brush = document.createElement('canvas').getContext('2d')!;
        brush.fillStyle = getComputedStyle(document.documentElement).colorScheme.includes('dark') && colour === 'rgba(0, 0, 0, 0)' ? '#121212' : colour;
        brush.fillRect(0, 0, 1, 1);
        const [red = 0, green = 0, blue = 0] = brush.getImageData(0, 0, 1, 1).data;
        return (red + green + blue) / 3;
      };
      return [paint(getComputedStyle(body).backgroundColor), paint(getComputedStyle(body).color)];
    });
    expect(ground).toBeLessThan(80);
    expect(ink).toBeGreaterThan(170);
  });
}
