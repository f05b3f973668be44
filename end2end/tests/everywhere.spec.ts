//! What holds in every state of every page.

import { brokenWords, lightness, overhang, smallTargets, violations } from '../lib/audit.ts';
import { STATES } from '../lib/states.mjs';
import { expect, inEachLanguage, LANGUAGES, test } from '../lib/test.ts';

const NARROW = 320;

inEachLanguage((words, language) => {
  // Pages of last resort are in both languages at once.
  for (const { name, status, reach } of STATES.filter((state) => !state.plain || language === LANGUAGES[0])) {
    test(`${name}: shuts nobody out, by day and by night, on the smallest screen`, async ({ page, city, watch, javaScriptEnabled }) => {
      watch.means(status);
      await reach(page, city);

      await test.step('it says what it is', async () => {
        await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
        await expect(page.getByRole('main')).toHaveCount(1);
        await expect(page).toHaveTitle(new RegExp(words.get('brand')));
        await expect(page.locator('html')).toHaveAttribute('lang', language);
      });
      await test.step('WCAG 2.2 AA', async () => {
        expect.soft(await violations(page, javaScriptEnabled !== false)).toEqual([]);
      });
      await test.step('who prefers the dark gets it', async () => {
        await page.emulateMedia({ colorScheme: 'dark' });
        const { ground, ink } = await lightness(page);
        expect.soft(ground, 'how light the ground is').toBeLessThan(80);
        expect.soft(ink, 'how light the letters are').toBeGreaterThan(170);
        expect.soft(await violations(page, javaScriptEnabled !== false, true)).toEqual([]);
      });
      await test.step('a finger hits everything', async () => {
        expect.soft(await smallTargets(page)).toEqual([]);
        expect.soft(await brokenWords(page), 'broken words').toEqual([]);
      });
      await test.step('nothing runs off a narrow screen', async () => {
        await page.setViewportSize({ width: NARROW, height: 640 });
        expect.soft(await overhang(page), 'pixels too wide').toBe(0);
        expect.soft(await smallTargets(page), `a finger hits everything at ${NARROW} pixels`).toEqual([]);
        expect.soft(await brokenWords(page), `broken words at ${NARROW} pixels`).toEqual([]);
      });
    });
  }
});
