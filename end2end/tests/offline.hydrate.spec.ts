//! Without a network: nothing is lost, nothing is thought sent that is not, and everything arrives once.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext } from '@playwright/test';
import { executablePath, flags } from '../lib/chromium.mjs';
import { choose, fillSite, onward, sendThrough } from '../lib/forms.mjs';
import { picture, pictureWithPlace } from '../lib/pictures.mjs';
import { report as sendReport } from '../lib/reports.mjs';
import { Server } from '../lib/server.mjs';
import { expect, inEachLanguage, test as base, type Page } from '../lib/test.ts';
import { Wire } from '../lib/wire.mjs';

interface Fixtures {
  server: Server;
  wire: Wire;
}

const test = base.extend<Fixtures>({
  serviceWorkers: 'allow',
  server: async ({}, use) => {
    const server = await Server.start({ name: 'offline' });
    await use(server);
    await server.stop();
  },
  wire: async ({ server }, use) => {
    const wire = await Wire.to(server.url);
    await use(wire);
    await wire.stop();
  },
  baseURL: ({ wire }, use) => use(wire.url),
  // A line that fails is what all of this is about, and a browser complains of it.
  watch: async ({}, use) => use(undefined as never),
});

/** A browser whose memory outlives it. */
class Profile {
  readonly #folder = mkdtempSync(join(tmpdir(), 'shouwang-e2e-profile-'));
  #context: BrowserContext | undefined;

  readonly #wire: Wire;

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  async open(): Promise<Page> {
    this.#context = await chromium.launchPersistentContext(this.#folder, { executablePath, args: flags, baseURL: this.#wire.url, locale: 'en' });
    return this.#context.newPage();
  }

  async reopen(): Promise<Page> {
    await this.#context?.close();
    return this.open();
  }

  async remove(): Promise<void> {
    await this.#context?.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Opens the portal once with a network, and waits until the phone keeps what it needs. */
async function known(page: Page): Promise<void> {
  await page.goto('/');
  await page.evaluate(async () => {
    const { serviceWorker } = navigator;
    await serviceWorker.ready;
    if (!serviceWorker.controller) await new Promise((taken) => serviceWorker.addEventListener('controllerchange', taken, { once: true }));
  });
}

/** Fills in the form and sends it; stands on whatever comes then. */
async function report(page: Page, what: string, category = '20000'): Promise<void> {
  await page.goto('/report');
  if (category) await choose(page, category);
  await page.locator('#address').fill('Mill Road 12');
  await page.locator('#what').fill(what);
  await onward(page, () => page.locator('form button.send').click());
}

/** Presses “send everything now”; what has gone by itself by then has no button any more. */
function sendAll(page: Page): Promise<void> {
  return page.locator('#send-all').dispatchEvent('click');
}

/** What the reports say whose receipts are kept here, oldest first, as the server has it. */
async function said(page: Page): Promise<string[]> {
  await page.goto('/outbox');
  await expect(page.locator('#receipts > li').first()).toBeVisible();
  const links = await page.locator('#receipts [data-do=follow]').evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
  const words: string[] = [];
  for (const link of links.reverse()) {
    await page.goto(link);
    words.push((await page.locator('dl.sent .verbatim').last().textContent()) ?? '');
    await expect(page.locator('ul.photos img')).toHaveCount(1);
  }
  return words;
}

inEachLanguage((words) => {
  test('a report that is sent without a network is kept, said to be, and goes by itself', async ({ page, wire }) => {
    await known(page);
    wire.turn('closed');
    await report(page, 'Kept at first.');
    await expect(page).toHaveURL(/\/outbox\?kept=/);
    await expect(page.locator('#just-kept')).toContainText(words.get('outbox-just-kept'));
    const item = page.locator('#items > li');
    await expect(item).toHaveCount(1);
    await expect(item).toContainText('Kept at first.');
    await expect(item.locator('[data-part=state]')).toHaveText(words.get('waiting-sealed'));
    // Nobody knows yet: whoever is in danger has to call.
    await expect(page.locator('#calls a[href="tel:119"]')).toBeVisible();

    wire.turn('open');
    await sendAll(page);
    await expect(page.locator('#said')).toHaveText(words.get('outbox-sent'));
    await expect(item).toHaveCount(0);
    await expect(page.locator('#receipts > li')).toHaveCount(1);
    expect(wire.posts.filter(({ status }) => status === 201)).toHaveLength(1);
    await onward(page, () => page.locator('[data-do=follow]').click());
    await expect(page.locator('dl.sent')).toContainText('Kept at first.');
  });

  test('what an organisation says is kept too, and the receipt is of all of it', async ({ page, wire }) => {
    await known(page);
    wire.turn('closed');
    await page.goto('/report');
    await choose(page, '12D00');
    await page.locator('#address').fill('Gate 2');
    await page.locator('#contact').fill('555 0100');
    await fillSite(page);
    await onward(page, () => page.locator('form button.send').click());
    await expect(page.locator('#items > li')).toHaveCount(1);
    wire.turn('open');
    await sendAll(page);
    // A receipt over other words than those that were sent would not be taken.
    await expect(page.locator('#receipts > li')).toHaveCount(1);
    await expect(page.locator('#items > li')).toHaveCount(0);
    await onward(page, () => page.locator('[data-do=follow]').click());
    await expect(page.locator('dl.sent')).toContainText('Riverside Chemicals, plant 2');
  });

  test('every page that is kept comes without a network, and says that there is none', async ({ page, wire }) => {
    await known(page);
    wire.turn('closed');
    for (const [path, heading] of [['/', 'home-heading'], ['/report', 'report-heading'], ['/receipt/verify', 'verify-heading']] as const) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.get(heading));
      await expect(page.locator('main > .caution')).toContainText(words.get('outbox-no-network'));
    }
    await page.goto('/open');
    await expect(page.locator('#no-network-page')).toHaveText(words.get('outbox-no-page'));
    await page.goto('/report');
    const other = await page.locator('html').getAttribute('lang');
    await choose(page, '12P00');
    await page.locator('#what').fill('In both languages.');
    await onward(page, () => page.locator('.switch').click());
    await expect(page.locator('html')).not.toHaveAttribute('lang', other ?? '');
    await expect(page.locator('#what')).toHaveValue('In both languages.');
    await expect(page.locator('input[value="12P00"]')).toBeChecked();
  });

  test('a network that wants a log-in first is not taken for us', async ({ page, wire }) => {
    await known(page);
    await page.goto('/report');
    wire.turn('portal');
    await choose(page, '20000');
    await page.locator('#address').fill('Mill Road 12');
    await onward(page, () => page.locator('form button.send').click());
    // It says that nobody knows, in place of the network's own page.
    await expect(page.locator('#just-kept')).toHaveText(words.get('outbox-just-kept'));
    await expect(page.locator('#items > li')).toHaveCount(1);
    await sendAll(page);
    await expect(page.locator('#said')).toHaveText(words.get('waiting-why-not-ours'));
    await expect(page.locator('#items [data-part=why]')).toHaveText(words.get('waiting-why-not-ours'));
    await expect(page.locator('#receipts > li')).toHaveCount(0);
    wire.turn('open');
    await sendAll(page);
    await expect(page.locator('#receipts > li')).toHaveCount(1);
  });

  test('one that must be mended stops none of the others, and opens filled in', async ({ page, wire }) => {
    await known(page);
    wire.turn('closed');
    await report(page, 'The first.');
    await report(page, 'The second. ' + '多'.repeat(2_000));
    await report(page, 'The third.');
    wire.turn('open');
    await sendAll(page);
    await expect(page.locator('#receipts > li')).toHaveCount(2);
    const bad = page.locator('#items > li');
    await expect(bad).toHaveCount(1);
    await expect(bad.locator('[data-part=state]')).toHaveText(words.get('waiting-needs-you'));
    await expect(bad.locator('[data-part=why] li')).toHaveCount(2);
    await onward(page, () => bad.locator('[data-do=edit]').click());
    await expect(page.locator('#what')).toHaveValue(/^The second\. 多+$/);
    await page.locator('#what').fill('The second.');
    await sendThrough(page);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.get('receipt-heading'));
    await page.goto('/outbox');
    await expect(page.locator('#empty')).toBeVisible();
    await expect(page.locator('#receipts > li')).toHaveCount(3);
  });

  test('what was deleted by mistake comes back, and a file takes everything to another phone', async ({ page, wire, browser }) => {
    await known(page);
    wire.turn('closed');
    await report(page, 'The first.');
    await page.locator('#items [data-do=delete]').click();
    await expect(page.locator('#items > li')).toHaveCount(0);
    await page.getByRole('button', { name: words.get('outbox-undo') }).click();
    await expect(page.locator('#items > li')).toHaveCount(1);
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#take').click()]);
    const file = await download.path();

    wire.turn('open');
    const context = await browser.newContext({ baseURL: wire.url });
    const other = await context.newPage();
    await other.goto('/outbox');
    for (const turn of ['once', 'twice']) {
      await other.locator('#bring').setInputFiles(file);
      await expect(other.locator('#said'), turn).not.toBeEmpty();
    }
    await expect(other.locator('#items > li')).toHaveCount(1);
    await sendAll(other);
    await expect(other.locator('#receipts > li')).toHaveCount(1);
    await sendAll(page);
    await expect(page.locator('#receipts > li')).toHaveCount(1);
    const references = await Promise.all([page, other].map((one) => one.locator('#receipts [data-part=reference]').textContent()));
    expect(references[0]).toBe(references[1]);
    await context.close();
  });

  test('what is changed after it may have arrived is not lost, nor is the link to what arrived', async ({ page, wire, server }) => {
    await known(page);
    await page.goto('/report');
    await choose(page, '12G00');
    await page.locator('#address').fill('Mill Road 12');
    await page.locator('#what').fill('Before.');
    wire.turn('cut');
    await onward(page, () => page.locator('form button.send').click());
    await expect(page.locator('#items > li')).toHaveCount(1);
    await page.locator('[data-do=photo]').setInputFiles(picture('one.png', [9, 9, 90]));
    await expect(page.locator('[data-part=photos] > li')).toHaveCount(1);
    wire.turn('closed');
    await onward(page, () => page.locator('#items [data-do=edit]').click());
    await page.locator('#what').fill('After.');
    await onward(page, () => page.locator('form button.send').click());
    wire.turn('open');
    await sendAll(page);
    await expect(page.locator('#receipts > li')).toHaveCount(1);
    await expect(page.locator('#items [data-part=words]')).toContainText('After.');
    await expect(page.locator('#items [data-part=why]')).toContainText(words.get('waiting-why-conflict'));
    await expect(page.locator('[data-part=photos] > li')).toHaveCount(0);
    expect(server.reports()).toHaveLength(1);
    await onward(page, () => page.locator('[data-do=follow]').click());
    await expect(page.locator('dl.sent')).toContainText('Before.');
    await expect(page.locator('ul.photos img')).toHaveCount(1);
  });

  test('answers to the questions of the second page wait with the report, through a change too', async ({ page, wire }) => {
    await known(page);
    await page.goto('/report');
    await choose(page, '12P00');
    await page.locator('#address').fill('Mill Road 12');
    await onward(page, () => page.locator('form button.send').click());
    await page.locator('input[value=power]').check();
    await page.locator('[data-question=extent] input').last().check();
    wire.turn('closed');
    await onward(page, () => page.locator('form button.send').click());
    await onward(page, () => page.locator('#items [data-do=edit]').click());
    await page.locator('#what').fill('Since noon.');
    await onward(page, () => page.locator('form button.send').click());
    wire.turn('open');
    await sendAll(page);
    await expect(page.locator('#receipts > li')).toHaveCount(1);
    await onward(page, () => page.locator('[data-do=follow]').click());
    await expect(page.locator('dl.sent')).toContainText(words.get('choice-power'));
    await expect(page.locator('dl.sent')).toContainText('Since noon.');
  });

  test('whoever chose a report close by joins that one when there is a network again', async ({ page, wire, server }) => {
    await known(page);
    const first = await sendReport(wire.url, { category: '12Q00', position: '31.21, 121.41' });
    expect(first).toBeTruthy();
    await expect(async () => {
      await page.goto('/report');
      await choose(page, '12Q00');
      await page.locator('#position').fill('31.21, 121.41');
      await onward(page, () => page.locator('form button.send').click());
      expect(await page.locator('input[name=join]').count()).toBeGreaterThan(1);
    }).toPass();
    await page.locator('input[name=join]').first().check();
    wire.turn('closed');
    await onward(page, () => page.locator('form button.send').click());
    await expect(page.locator('#items > li')).toHaveCount(1);
    wire.turn('open');
    await sendAll(page);
    await expect(page.locator('#receipts > li')).toHaveCount(1);
    await expect(page.locator('#receipts [data-do=check]')).toBeHidden();
    expect(server.reports()).toHaveLength(1);
    await onward(page, () => page.locator('[data-do=follow]').click());
    await expect(page.locator('main .done')).toHaveText(words.get('companion-joined'));
  });

  test('what only the server can take is not thought sent: the page says so, and going back has it all', async ({ page, wire }) => {
    await known(page);
    const secret = await sendReport(wire.url, { category: '12G00' });
    await page.goto(`/track/${secret}`);
    await page.locator('#note').fill('They are out.');
    wire.turn('closed');
    await onward(page, () => page.locator('#form button.send').click());
    await expect(page.locator('#unsent')).toHaveText(words.get('outbox-unsent'));
    wire.turn('open');
    await page.goBack();
    await expect(page.locator('#note')).toHaveValue('They are out.');
  });

  test('photos of a report that is there already wait as well', async ({ page, wire }) => {
    await known(page);
    const secret = await sendReport(wire.url, { category: '12G00' });
    await page.goto(`/track/${secret}`);
    await page.locator('#photo').setInputFiles([picture('one.png', [9, 9, 90]), picture('two.png', [90, 9, 9])]);
    await expect(page.locator('.previews > li')).toHaveCount(2);
    wire.turn('closed');
    await onward(page, () => page.locator('#photo-form button[type=submit]').click());
    await expect(page.locator('#photos-kept')).toHaveText(words.get('outbox-photos-kept'));
    await expect(page.locator('#receipts [data-part=photos] > li')).toHaveCount(2);
    wire.turn('open');
    await sendAll(page);
    await expect(page.locator('[data-part=photos] > li')).toHaveCount(0);
    await page.goto(`/track/${secret}`);
    await expect(page.locator('ul.photos img')).toHaveCount(2);
  });

  test('a form that is not complete is kept as a draft, and says what is missing', async ({ page, wire }) => {
    await known(page);
    wire.turn('closed');
    await report(page, 'What is it?', '');
    await expect(page).toHaveURL(/\/outbox\?incomplete=/);
    await expect(page.locator('#items [data-part=state]')).toHaveText(words.get('waiting-draft'));
    await expect(page.locator('#items [data-part=why]')).toHaveText(words.get('fault-category-missing'));
    await onward(page, () => page.locator('#items [data-do=edit]').click());
    await choose(page, '20000');
    await onward(page, () => page.locator('form button.send').click());
    await expect(page.locator('#items > li')).toHaveCount(1);
    await expect(page.locator('#items [data-part=state]')).toHaveText(words.get('waiting-sealed'));
  });

  test('a receipt is checked on the phone, without a network', async ({ page, wire }) => {
    await known(page);
    await report(page, 'The first.', '12G00');
    const statement = (await page.locator('.secret code').textContent()) ?? '';
    wire.turn('closed');
    await page.goto('/receipt/verify');
    const check = async (text: string, verdict: string) => {
      await page.locator('#statement').fill(text);
      await page.locator('form button.send').click();
      await expect(page.locator('[data-verdict]:visible')).toHaveAttribute('data-verdict', verdict);
    };
    await check(statement, 'right');
    await expect(page.locator('[data-part=sha256]')).toHaveText(statement.match(/sha256=(\w+)/)?.[1] ?? '?');
    await check(statement.replace(/received=\d/, 'received=9'), 'wrong');
    await check('Good morning.', 'unreadable');
  });
});

test('the browser is closed and opened again: three reports, in their order, with their receipts', async ({ wire }) => {
  const profile = new Profile(wire);
  try {
    let page = await profile.open();
    await known(page);
    wire.turn('closed');
    for (const [place, what] of ['The first.', 'The second.', 'The third.'].entries()) {
      await report(page, what);
      const item = page.locator('#items > li', { hasText: what });
      await item.locator('[data-do=photo]').setInputFiles(picture(`${place}.png`, [place, 90, 90]));
      await expect(item.locator('[data-part=photos] > li')).toHaveCount(1);
    }
    await page.reload();
    await expect(page.locator('#items > li')).toHaveCount(3);
    page = await profile.reopen();
    await page.goto('/outbox');
    await expect(page.locator('#items > li')).toHaveCount(3);
    await expect(page.locator('[data-part=photos] > li')).toHaveCount(3);
    expect(wire.posts).toEqual([]);
    wire.turn('open');
    await sendAll(page);
    await expect(page.locator('#receipts > li')).toHaveCount(3);
    await expect(page.locator('[data-part=photos] > li')).toHaveCount(0);
    // The reports first, then their photos.
    expect(wire.posts.map(({ path }) => path.split('/')[1])).toEqual(['report?sent', 'report?sent', 'report?sent', 'photo', 'photo', 'photo']);
    expect(wire.posts.every(({ status }) => status === 201)).toBe(true);
    expect(await said(page)).toEqual(['The first.', 'The second.', 'The third.']);
  } finally {
    await profile.remove();
  }
});

test('a hundred answers are lost on their way back: one report each', async ({ page, wire, server }) => {
  test.setTimeout(180_000);
  const TIMES = 100;
  await known(page);
  for (let sent = 0; sent < TIMES; sent += 1) {
    await page.goto('/report');
    await choose(page, '12G00');
    await page.locator('#address').fill(`Mill Road ${sent}`);
    wire.turn('cut');
    await onward(page, () => page.locator('form button.send').click());
    await expect(page).toHaveURL(/\/outbox\?kept=/);
    wire.turn('open');
    await sendAll(page);
    await expect(page.locator('#receipts > li')).toHaveCount(sent + 1);
  }
  await expect(page.locator('#items > li')).toHaveCount(0);
  // Every one of them was taken by the server at least twice.
  expect(wire.posts.filter(({ status }) => status === 201).length).toBeGreaterThanOrEqual(2 * TIMES);
  expect(server.reports()).toHaveLength(TIMES);
});

test('a phone without room says so before anything is lost', async ({ wire }) => {
  const profile = new Profile(wire);
  try {
    await known(await profile.open());
    // Opened anew: a browser remembers for a while how much room there was.
    const page = await profile.reopen();
    wire.turn('closed');
    await page.goto('/report');
    const devtools = await page.context().newCDPSession(await page.context().newPage());
    await devtools.send('Storage.overrideQuotaForOrigin', { origin: wire.url, quotaSize: 1 });
    await choose(page, '20000');
    await page.locator('#address').fill('Mill Road 12');
    await page.locator('#what').fill('No room for this.');
    await onward(page, () => page.locator('form button.send').click());
    const item = page.locator('#items > li');
    await expect(item.locator('[data-part=state]')).toHaveText('Not kept!');
    await expect(item).toContainText('No room for this.');
    await item.locator('[data-do=send]').click();
    await expect(item.locator('[data-part=state]')).toHaveText('Not kept!');
    await devtools.send('Storage.overrideQuotaForOrigin', { origin: wire.url });
    await item.locator('[data-do=send]').click();
    await expect(item.locator('[data-part=state]')).toHaveText('Waiting for the network');
    await page.goto('/outbox');
    await expect(item).toContainText('No room for this.');
    await expect(page.locator('#room')).toContainText('MB free');
    await expect(page.locator('#safe')).not.toBeEmpty();
  } finally {
    await profile.remove();
  }
});

test('a phone without room for a photo says so, and keeps the report', async ({ wire }) => {
  const profile = new Profile(wire);
  try {
    let page = await profile.open();
    await known(page);
    wire.turn('closed');
    await report(page, 'With a photo.');
    page = await profile.reopen();
    const devtools = await page.context().newCDPSession(await page.context().newPage());
    await devtools.send('Storage.overrideQuotaForOrigin', { origin: wire.url, quotaSize: 1 });
    await page.goto('/outbox');
    await page.locator('[data-do=photo]').setInputFiles(picture('one.png', [9, 9, 90], 600, 400));
    await expect(page.locator('#said')).toContainText('There is no room on this phone');
    await expect(page.locator('[data-part=photos] > li')).toHaveCount(0);
    await expect(page.locator('#items > li')).toContainText('With a photo.');
  } finally {
    await profile.remove();
  }
});

test('where it is switched off, a phone that had it leaves off, and sends what it kept', async ({ page, wire }) => {
  await known(page);
  wire.turn('closed');
  await report(page, 'Kept before.');
  const without = await Server.start({ name: 'offline', args: ['--no-offline'] });
  try {
    wire.lead(without.url);
    wire.turn('open');
    await page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration())?.update()));
    await expect.poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
    expect(await page.evaluate(() => caches.keys())).toEqual([]);
    await page.goto('/outbox');
    await expect(page.locator('#receipts > li')).toHaveCount(1);
    expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
    expect(without.reports()).toHaveLength(1);
  } finally {
    await without.stop();
  }
});

test('a photo that waits holds nothing but what it shows, and parts of it can be blacked out', async ({ page, wire }) => {
  await known(page);
  const photo = await pictureWithPlace(page, [31.2304, 121.4737]);
  wire.turn('closed');
  await report(page, 'With a photo.');
  await page.locator('[data-do=photo]').setInputFiles(photo);
  const kept = () =>
    page.evaluate(async () => {
      // @ts-expect-error A script of the page has it.
      const item = (await rows.items()).find(({ kind }) => kind === 'photo');
      const drawing = await createImageBitmap(item.blob);
      const canvas = document.createElement('canvas');
      const brush = canvas.getContext('2d')!;
      brush.drawImage(drawing, -drawing.width / 2, -drawing.height / 2);
      return { exif: (await item.blob.text()).includes('Exif'), middle: brush.getImageData(0, 0, 1, 1).data[0], sha256: item.sha256 };
    });
  await expect(page.locator('[data-part=photos] > li')).toHaveCount(1);
  const before = await kept();
  expect(before).toMatchObject({ exif: false, middle: 255 });
  await page.locator('[data-do=cover]').click();
  const canvas = page.locator('[data-part=photos] canvas');
  await canvas.press('ArrowUp');
  await canvas.press('ArrowDown');
  await canvas.press('Enter');
  await page.locator('[data-part=photos] .row button').last().click();
  await expect(canvas).toHaveCount(0);
  await expect.poll(async () => (await kept()).middle).toBeLessThan(20);
  expect((await kept()).sha256).not.toBe(before.sha256);
  wire.turn('open');
  await sendAll(page);
  await expect(page.locator('[data-part=photos] > li')).toHaveCount(0);
  await onward(page, () => page.locator('[data-do=follow]').click());
  await expect(page.locator('ul.photos img')).toHaveCount(1);
});

test('a photo that was cut off on its way does not go twice', async ({ page, wire }) => {
  await known(page);
  wire.turn('closed');
  await report(page, 'With a photo.');
  await page.locator('[data-do=photo]').setInputFiles(picture('one.png', [9, 9, 90]));
  await expect(page.locator('[data-part=photos] > li')).toHaveCount(1);
  wire.turn('cut');
  await page.reload();
  await sendAll(page);
  await expect.poll(() => wire.posts.length).toBeGreaterThan(0);
  wire.turn('open');
  await expect(async () => {
    await sendAll(page);
    await expect(page.locator('[data-part=photos] > li')).toHaveCount(0, { timeout: 1_000 });
  }).toPass();
  await onward(page, () => page.locator('[data-do=follow]').click());
  await expect(page.locator('ul.photos img')).toHaveCount(1);
});
