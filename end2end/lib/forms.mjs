//! Filling in and sending the forms as a person does.

import { expect } from '@playwright/test';

/** @typedef {import('@playwright/test').Page} Page */

/**
 * Does what leads to another document, and waits until that stands. Answers with the answer that brought it.
 *
 * @param {Page} page
 * @param {() => Promise<void>} lead
 */
export async function onward(page, lead) {
  await page.locator('html').evaluate((html) => html.setAttribute('data-before', ''));
  const arrived = page.waitForResponse((answer) => {
    const request = answer.request();
    return request.isNavigationRequest() && request.frame() === page.mainFrame() && ![301, 302, 303, 307, 308].includes(answer.status());
  });
  const [answer] = await Promise.all([arrived, lead()]);
  await page.locator('html:not([data-before])').waitFor({ state: 'attached' });
  await page.waitForLoadState();
  return answer;
}

/**
 * Presses the button that sends the page's form.
 *
 * @param {Page} page
 */
export function send(page) {
  return onward(page, () => page.locator('form button.send').click());
}

/**
 * Sends a report from its first page on: gives the first harmless answer to every question that must have one, and presses on until the report
 * is taken or refused. Answers with the last answer.
 *
 * @param {Page} page
 */
export async function sendThrough(page) {
  for (;;) {
    const answer = await send(page);
    const step = page.locator('form input[name=step]');
    if (answer.status() !== 200 || (await step.count()) === 0) return answer;
    const pages = ['details', 'check'];
    if (!pages.includes(await step.inputValue())) throw new Error('the form does not go on');
    const must = page.locator('[data-question]:not([hidden]) fieldset', { hasNot: page.locator('.hint') });
    for (const question of await must.all()) await question.locator('input:not([data-danger])').first().check();
  }
}

/**
 * Chooses a kind of incident; opens "more kinds" where it stands there.
 *
 * @param {Page} page
 * @param {string} code
 */
export async function choose(page, code) {
  const radio = page.locator(`input[name=category][value="${code}"]`);
  const more = page.locator('fieldset details', { has: radio });
  if ((await more.count()) > 0 && (await more.getAttribute('open')) === null) await more.locator('summary').click();
  await radio.check();
}

/**
 * Sends a report from the form, and stands on its receipt then.
 *
 * @param {Page} page
 * @param {{ category?: string, what?: string, address?: string, contact?: string }} [told]
 */
export async function reportBy(page, { category = '20000', what = '', address = 'Mill Road 12', contact = '' } = {}) {
  await choose(page, category);
  await page.locator('#address').fill(address);
  await page.locator('#what').fill(what);
  await page.locator('#contact').fill(contact);
  return sendThrough(page);
}

/**
 * Gives the form another key: what it would have after going back, or in another tab.
 *
 * @param {Page} page
 * @param {string} key
 */
export function useKey(page, key) {
  return page.locator('form input[name=key]').evaluate((input, value) => input.setAttribute('value', value), key);
}

/**
 * Fills in what an organisation is asked besides.
 *
 * @param {Page} page
 */
export async function fillSite(page) {
  const site = page.locator('details.site');
  if ((await site.getAttribute('open')) === null) await site.locator('summary').click();
  await page.locator('#site').fill('Riverside Chemicals, plant 2');
  await page.locator('#name').fill('Li Wei');
  await page.locator('#hazard').selectOption('chemical');
  await page.locator('#substance').fill('Liquid ammonia, tank 3, 20 t');
  await page.locator('#places').fill('31.2311, 121.4740\n仓库东门');
}

/**
 * Answers that a home is burning, which brings up the question for the floor: with script at once, without it on the next page.
 *
 * @param {Page} page
 */
export async function bringUpFloor(page) {
  await page.locator('input[value=home]').check();
  if (!(await page.evaluate(() => matchMedia('(scripting: enabled)').matches))) await send(page);
  await expect(async () => {
    await page.locator('input[value=shop]').check();
    await page.locator('input[value=home]').check();
    await expect(page.locator('#question-floor')).toBeVisible({ timeout: 200 });
  }).toPass();
}
