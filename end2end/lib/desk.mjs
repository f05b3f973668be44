//! What the staff does at the desk, where a test needs it to have been done.

import { randomBytes } from 'node:crypto';
import { onward } from './forms.mjs';
import { newKey, post, report } from './reports.mjs';

/**
 * @typedef {import('@playwright/test').Page} Page
 * @typedef {import('./server.mjs').Server} Server
 */

/**
 * Signs somebody of a department in, and stands at their queue then.
 *
 * @param {Page} page
 * @param {Server} server
 * @param {string} department
 * @param {string} [role]
 */
export async function signIn(page, server, department, role) {
  await page.goto(server.invite(department, role));
  await onward(page, () => page.locator('main button.send').click());
}

/**
 * Sends a report about pollution, and waits until the department has it. Answers with its key and the secret of its link.
 *
 * @param {Page} page Somebody of the department has signed in.
 * @param {string} url
 * @param {Record<string, string>} [fields]
 */
export async function placed(page, url, fields = {}) {
  const key = newKey();
  const secret = await report(url, { key, category: '12Q00', ...fields });
  const until = Date.now() + 10_000;
  for (;;) {
    const answer = await page.request.get(`${url}/desk/report/${key}`);
    if (answer.status() === 200) return { key, secret };
    if (Date.now() > until) throw new Error(`the report stands in no queue: ${answer.status()}`);
    await page.waitForTimeout(50);
  }
}

/** A place that no other report has: what is near by is what the test put there. */
export function nowhere() {
  return `${(20 + 50 * Math.random()).toFixed(5)}, ${(150 * Math.random()).toFixed(5)}`;
}

/**
 * Sends so many reports of one browser about one place that the last are put aside as a flood, and waits until that is seen. Answers with
 * the key of the last.
 *
 * @param {Page} page A duty officer has signed in.
 * @param {string} url
 */
export async function flooded(page, url) {
  const headers = { Cookie: `device=${randomBytes(16).toString('base64url')}` };
  let key = '';
  for (let count = 0; count < 10; count += 1) {
    key = newKey();
    const { status } = await post(`${url}/report`, { key, category: '12Q00', address: 'Mill Road 12', what: '河水发白。' }, headers);
    if (status !== 303) throw new Error(`a report was answered with ${status}`);
  }
  const until = Date.now() + 10_000;
  while (!(await (await page.request.get(`${url}/desk/flood`)).text()).includes(key)) {
    if (Date.now() > until) throw new Error('nothing was put aside');
    await page.waitForTimeout(50);
  }
  return key;
}

/**
 * Does something to a report.
 *
 * @param {Page} page Somebody of the department has signed in.
 * @param {string} url
 * @param {string} key
 * @param {Record<string, string>} fields
 */
export async function move(page, url, key, fields) {
  const address = `${url}/desk/report/${key}`;
  const shown = await (await page.request.get(address)).text();
  const seen = shown.match(/name="seen" value="(\d+)"/)?.[1] ?? '';
  const form = { key: newKey(), report: key, seen, ...fields };
  const answer = await page.request.post(address, { form, maxRedirects: 0 });
  if (answer.status() !== 303) throw new Error(`a move was answered with ${answer.status()}`);
}

/**
 * A report that was closed.
 *
 * @param {Page} page
 * @param {string} url
 */
export async function closed(page, url) {
  const { key, secret } = await placed(page, url);
  await move(page, url, key, { act: 'change', to: 'in-progress', told: '两个人正在路上。' });
  await move(page, url, key, { act: 'change', to: 'done', template: 'done-cleared', evidence: 'pH 7.1, 17:05' });
  return { key, secret };
}

/**
 * Says something by a report's link.
 *
 * @param {string} url
 * @param {string} secret
 * @param {Record<string, string>} fields
 */
export async function say(url, secret, fields) {
  const { status } = await post(`${url}/track/${secret}`, { key: newKey(), secret, note: '', ...fields });
  if (status !== 303) throw new Error(`what was said was answered with ${status}`);
}
