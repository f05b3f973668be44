//! Pictures of every state of every page, for people to look at: `shots/<state>-<width>-<scheme>-<language>.png`.
//!
//! `npm run shots -- receipt track` takes only the states whose names begin so.

import { mkdirSync, rmSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { City } from './lib/city.mjs';
import { executablePath, flags } from './lib/chromium.mjs';
import { STATES } from './lib/states.mjs';
import { LANGUAGES } from './lib/words.mjs';

const FOLDER = new URL('shots/', import.meta.url).pathname;
const DEVICES = [
  { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
  { viewport: { width: 1280, height: 900 } },
];
const SCHEMES = /** @type {const} */ (['light', 'dark']);

async function main() {
  const wanted = process.argv.slice(2);
  const states = STATES.filter(({ name }) => wanted.length === 0 || wanted.some((start) => name.startsWith(start)));
  if (wanted.length === 0) rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const city = new City();
  const browser = await chromium.launch({ executablePath, args: flags });
  let taken = 0;
  try {
    for (const device of DEVICES) {
      for (const locale of LANGUAGES) {
        const context = await browser.newContext({ ...device, locale, reducedMotion: 'reduce' });
        for (const { name, reach } of states) {
          const page = await context.newPage();
          await reach(page, city);
          for (const colorScheme of SCHEMES) {
            await page.emulateMedia({ colorScheme });
            // From the top, so that what sticks to the screen stands where it belongs.
            await page.evaluate(() => scrollTo(0, 0));
            await page.screenshot({ path: `${FOLDER}${name}-${device.viewport.width}-${colorScheme}-${locale}.png`, fullPage: true, animations: 'disabled' });
            taken += 1;
          }
          await page.close();
        }
        await context.close();
      }
    }
  } finally {
    await browser.close();
    await city.stop();
  }
  console.log(`${taken} pictures in ${FOLDER}`);
}

await main();
