//! Telling people, as they meet it: from the contact in the form to the mail, and from the mail back to all of their reports.

import { newKey, report } from '../lib/reports.mjs';
import { expect, inEachLanguage, test } from '../lib/test.ts';

inEachLanguage((words) => {
  test('who leaves an address gets a mail that leads to the report, and a list of all of them when they ask', async ({ page, city }) => {
    const { server, mail } = await city.at('told');
    const contact = `li.${newKey()}@example.org`;
    await page.goto(`${server.url}/report`);
    await expect(page.locator('#contact-hint')).toHaveText(words.get('report-contact-hint-told-mail'));
    const secret = await report(server.url, { contact });
    await page.goto(`${server.url}${await mail?.link(contact, '/track/')}`);
    await expect(page.locator('main details summary').first()).toHaveText(words.get('notified-you'));

    await page.goto(server.url);
    await page.getByRole('link', { name: words.get('home-mine') }).click();
    await page.getByLabel(words.get('mine-contact-mail')).fill(contact.replace('example.org', 'EXAMPLE.ORG'));
    await page.getByRole('button', { name: words.get('mine-go') }).click();
    await expect(page.getByRole('status')).toHaveText(words.get('mine-asked'));
    await page.goto(`${server.url}${await mail?.link(contact, '/mine/')}`);
    await expect(page.locator('.queue a')).toHaveCount(1);
    await page.locator('.queue a').click();
    await expect(page).toHaveURL(`${server.url}/track/${secret}`);
  });
});
