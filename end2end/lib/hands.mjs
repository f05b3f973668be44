//! The states of reports that are in more hands than one, and of the lists they stand in.

import { closed, flooded, move, placed, signIn } from './desk.mjs';
import { picture } from './pictures.mjs';

/**
 * @typedef {import('@playwright/test').Page} Page
 * @typedef {import('./city.mjs').City} City
 * @typedef {import('./states.mjs').State} State
 */

/**
 * A report that was offered to the traffic department, of which somebody has signed in then.
 *
 * @param {Page} page
 * @param {City} city
 */
async function offered(page, city) {
  const { server } = await city.at('main');
  await signIn(page, server, 'environment');
  const { key } = await placed(page, server.url);
  await move(page, server.url, key, { act: 'offer', department: 'traffic', inner: '油从一辆货车里漏出来。' });
  await signIn(page, server, 'traffic');
  return { url: server.url, report: `${server.url}/desk/report/${key}` };
}

/** @type {State[]} */
export const HANDS = [
  {
    name: 'desk-report-offered',
    reach: async (page, city) => page.goto((await offered(page, city)).report),
  },
  {
    name: 'desk-queue-offered',
    reach: async (page, city) => page.goto(`${(await offered(page, city)).url}/desk?queue=offered`),
  },
  {
    name: 'desk-queue-closed',
    reach: async (page, city) => {
      const { server } = await city.at('main');
      await signIn(page, server, 'environment');
      await closed(page, server.url);
      await page.goto(`${server.url}/desk?queue=closed`);
    },
  },
  {
    name: 'desk-report-taken',
    reach: async (page, city) => {
      const { server } = await city.at('main');
      await signIn(page, server, 'environment');
      const { key } = await placed(page, server.url);
      await signIn(page, server, 'environment');
      await page.goto(`${server.url}/desk/report/${key}`);
    },
  },
  {
    name: 'desk-flood-aside',
    reach: async (page, city) => {
      const { server } = await city.at('main');
      await signIn(page, server, 'duty', 'duty-officer');
      await flooded(page, server.url);
      await page.goto(`${server.url}/desk/flood`);
    },
  },
  {
    name: 'desk-redact-photo',
    reach: async (page, city) => {
      const { server } = await city.at('main');
      await signIn(page, server, 'environment', 'moderator');
      const { key, secret } = await placed(page, server.url);
      await page.request.post(`${server.url}/photo/${secret}`, { multipart: { photo: picture('face.png', [200, 160, 120]) } });
      await page.goto(`${server.url}/desk/report/${key}/redact`);
      await page.getByRole('main').locator('ol.queue a').last().click();
    },
  },
];
