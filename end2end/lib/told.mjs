//! The states of the pages by which people are told, and of those who keep watch over it.

import { signIn } from './desk.mjs';
import { onward } from './forms.mjs';
import { newKey, post, report } from './reports.mjs';

/**
 * @typedef {import('@playwright/test').Page} Page
 * @typedef {import('./city.mjs').City} City
 * @typedef {import('./states.mjs').State} State
 */

/**
 * The city that tells people.
 *
 * @param {City} city
 */
async function told(city) {
  const { server, mail } = await city.at('told');
  if (!mail) throw new Error('the city has no mail server');
  return { server, mail, url: server.url };
}

/**
 * Waits until a page holds something, and stands on it then.
 *
 * @param {Page} page
 * @param {string} address
 * @param {string} wanted
 */
async function until(page, address, wanted) {
  const end = Date.now() + 20_000;
  for (;;) {
    await page.goto(address);
    if (await page.locator(wanted).count()) return;
    if (Date.now() > end) throw new Error(`${address} has no ${wanted}`);
    await page.waitForTimeout(100);
  }
}

/** @type {State[]} */
export const TOLD = [
  { name: 'mine', reach: async (page, city) => page.goto(`${(await told(city)).url}/mine`) },
  { name: 'mine-without', reach: async (page, city) => page.goto(`${await city.url('main')}/mine`) },
  {
    name: 'mine-asked',
    reach: async (page, city) => {
      await page.goto(`${(await told(city)).url}/mine`);
      await page.locator('#contact').fill('stranger@example.org');
      await onward(page, () => page.locator('main button.send').click());
    },
  },
  {
    name: 'mine-refused',
    status: 422,
    reach: async (page, city) => {
      await page.goto(`${(await told(city)).url}/mine`);
      await page.locator('#contact').fill('behind the <school>');
      await onward(page, () => page.locator('main button.send').click());
    },
  },
  {
    name: 'mine-list',
    reach: async (page, city) => {
      const { url, mail } = await told(city);
      const contact = `li.${newKey()}@example.org`;
      for (const category of ['12Q00', '12P00']) await report(url, { category, contact });
      await post(`${url}/mine`, { key: newKey(), contact });
      await page.goto(`${url}${await mail.link(contact, '/mine/')}`);
    },
  },
  { name: 'mine-over', status: 404, reach: async (page, city) => page.goto(`${(await told(city)).url}/mine/${'A'.repeat(54)}`) },
  {
    name: 'track-not-told',
    reach: async (page, city) => {
      const { url } = await told(city);
      const secret = await report(url, { contact: `nobody@${newKey()}.example` });
      await until(page, `${url}/track/${secret}`, 'details[open] .history');
    },
  },
  {
    name: 'desk-notices',
    reach: async (page, city) => {
      const { server, url } = await told(city);
      await report(url, { contact: `nobody@${newKey()}.example` });
      await signIn(page, server, 'duty', 'duty-officer');
      await until(page, `${url}/desk/notices`, 'input[name=notice]');
    },
  },
  {
    name: 'desk-notices-none',
    reach: async (page, city) => {
      const { server } = await city.at('main');
      await signIn(page, server, 'duty', 'administrator');
      await page.goto(`${server.url}/desk/notices`);
    },
  },
];
