//! When the disk is full, nothing typed is lost, and whoever needs help is told to call.

import { execFileSync } from 'node:child_process';
import { fill, LITTLE } from '../lib/city.mjs';
import { choose, send } from '../lib/forms.mjs';
import { report } from '../lib/reports.mjs';
import { Server } from '../lib/server.mjs';
import { expect, inEachLanguage, test } from '../lib/test.ts';

inEachLanguage((words) => {
  test('a full disk keeps the form filled in, and the report goes when there is room again', async ({ page, watch }) => {
    watch.means(503);
    const server = await Server.start({ name: 'outage', room: LITTLE });
    try {
      const secret = await report(server.url, { what: 'Before.' });
      await fill(server);
      const what = '滴'.repeat(2_000);
      await page.goto(`${server.url}/report`);
      const key = await page.locator('input[name=key]').inputValue();
      // It goes at once, by no other page.
      await choose(page, '12G00');
      await page.locator('#address').fill('Lighthouse Lane 3');
      await page.locator('#what').fill(what);

      const answer = await send(page);
      expect(answer.status()).toBe(503);
      expect(Number(answer.headers()['retry-after'])).toBeGreaterThan(0);
      const summary = page.getByRole('alert');
      await expect(summary).toBeFocused();
      await expect(summary.getByRole('heading')).toHaveText(words.get('summary-unavailable'));
      await expect(summary).toContainText(words.get('summary-unavailable-what'));
      for (const number of [119, 120, 110]) await expect(summary.locator(`a[href="tel:${number}"]`)).toBeVisible();
      await expect(page.locator('#address')).toHaveValue('Lighthouse Lane 3');
      await expect(page.locator('#what')).toHaveValue(what);
      await expect(page.locator('input[name=key]')).toHaveValue(key);

      execFileSync('prlimit', ['--pid', String(server.pid), '--fsize=unlimited']);
      await expect(async () => expect((await send(page)).status()).toBe(200)).toPass();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.get('receipt-heading'));
      // What was acknowledged before is there still.
      await page.goto(`${server.url}/track/${secret}`);
      await expect(page.locator('dl.sent')).toContainText('Before.');
    } finally {
      await server.stop();
    }
  });

  test('an addition that finds the disk full is kept, and goes when there is room again', async ({ page, watch }) => {
    watch.means(503);
    const server = await Server.start({ name: 'outage', room: LITTLE });
    try {
      const secrets: string[] = [];
      while (secrets.length < 6) secrets.push(await report(server.url));
      await page.goto(`${server.url}/track/${secrets[0]}`);
      await fill(server);
      // One that was not opened in this hour, and cannot be: an opening is written down once an hour, and there is no room for that either.
      let late = '';
      for (const secret of secrets) if ((await fetch(`${server.url}/track/${secret}`)).status === 503) late ||= secret;
      expect(late).not.toBe('');
      await page.locator('#form').evaluate((form, secret) => {
        form.setAttribute('action', `/track/${secret}`);
        form.querySelector('input[name=secret]')!.setAttribute('value', secret);
      }, late);
      const note = '滴'.repeat(2_000);
      await page.locator('#note').fill(note);
      const answer = await send(page);
      expect(answer.status()).toBe(503);
      for (const number of [119, 120, 110]) await expect(page.locator(`main a[href="tel:${number}"]`).first()).toBeVisible();
      await expect(page.locator('#note')).toHaveValue(note);
      await expect(page.getByRole('alert')).toContainText(words.get('summary-unavailable-what'));
      await expect(page.locator('ol.history')).toHaveCount(0);

      execFileSync('prlimit', ['--pid', String(server.pid), '--fsize=unlimited']);
      await expect(async () => expect((await send(page)).status()).toBe(200)).toPass();
      await expect(page.locator('ol.history .verbatim')).toHaveText(note);
    } finally {
      await server.stop();
    }
  });
});
