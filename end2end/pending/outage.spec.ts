//! What a full disk may not do to an addition.

import { execFileSync } from 'node:child_process';
import { fill, LITTLE } from '../lib/city.mjs';
import { send } from '../lib/forms.mjs';
import { report } from '../lib/reports.mjs';
import { Server } from '../lib/server.mjs';
import { expect, inEachLanguage, test } from '../lib/test.ts';

inEachLanguage((words) => {
  test('an addition that finds the disk full is kept, and goes when there is room again', async ({ page, watch }) => {
    watch.means(503);
    const server = await Server.start({ name: 'outage', room: LITTLE });
    try {
      const secret = await report(server.url);
      await page.goto(`${server.url}/track/${secret}`);
      await fill(server);
      const note = '滴'.repeat(2_000);
      await page.locator('#note').fill(note);
      const answer = await send(page);
      expect(answer.status()).toBe(503);
      for (const number of [119, 120, 110]) await expect(page.locator(`main a[href="tel:${number}"]`).first()).toBeVisible();
      await expect(page.locator('#note')).toHaveValue(note);
      await expect(page.getByRole('alert')).toContainText(words.get('summary-unavailable-what'));

      execFileSync('prlimit', ['--pid', String(server.pid), '--fsize=unlimited']);
      await expect(async () => expect((await send(page)).status()).toBe(200)).toPass();
      await expect(page.locator('ol.history .verbatim')).toHaveText(note);
    } finally {
      await server.stop();
    }
  });
});
