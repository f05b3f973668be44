//! Going through a page with the keyboard.

import { expect, type Locator, type Page } from '@playwright/test';

/** More stops than any page has. */
const STOPS = 60;

/** Presses the tab key until the element has the focus; every stop on the way must be seen to have it. */
export async function tabTo(page: Page, element: Locator): Promise<void> {
  for (let stop = 0; stop < STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    const outlined = await page.locator(':focus').evaluate((focused) => {
      const shown = [focused, focused.closest('label')].filter((one) => one !== null);
      return shown.some((one) => getComputedStyle(one).outlineStyle !== 'none' && parseFloat(getComputedStyle(one).outlineWidth) >= 2);
    });
    expect(outlined, `the focus is seen at ${await page.locator(':focus').evaluate((focused) => focused.outerHTML.slice(0, 90))}`).toBe(true);
    if (await element.evaluate((wanted) => wanted === document.activeElement)) return;
  }
  throw new Error(`the tab key does not lead to ${element}`);
}
