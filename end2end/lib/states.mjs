//! Every state a page can be in, and how a person comes there. What must hold everywhere is looked at in each of them.

import { closed, move, placed, say, signIn } from './desk.mjs';
import { bringUpFloor, choose, fillSite, onward, send, sendThrough, useKey } from './forms.mjs';
import { HANDS } from './hands.mjs';
import { NO_PICTURE, picture } from './pictures.mjs';
import { newKey, note, report } from './reports.mjs';
import { TOLD } from './told.mjs';

/**
 * @typedef {import('@playwright/test').Page} Page
 * @typedef {import('./city.mjs').City} City
 * @typedef {object} State
 * @property {string} name
 * @property {number} [status] The answer's status, where it is not 200.
 * @property {true} [plain] A page of last resort: in both languages at once.
 * @property {(page: Page, city: City) => Promise<unknown>} reach
 */

const TROUBLESOME = {
  category: '12G00',
  danger: 'yes',
  address: '望江路与磨坊路路口，' + 'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen'.repeat(3),
  position: '31.2304, 121.4737',
  accuracy: '25',
  people: '3',
  what: 'Smoke on the stairs.\n</textarea><script>alert(1)</script>\n他们说：“快来”。\nمرحبا 👩‍👩‍👧‍👦 ' + 'x'.repeat(200),
  contact: 'someone.with.a.long.name@a-rather-long-domain.example',
};

/**
 * Fills in the first page for something that is not urgent, and stands on the second then.
 *
 * @param {Page} page
 * @param {string} url
 * @param {string} category
 */
async function toDetails(page, url, category) {
  await page.goto(`${url}/report`);
  await choose(page, category);
  await page.locator('#address').fill('Lighthouse Lane 3');
  await page.locator('#position').fill('31.21, 121.41');
  await send(page);
}

/**
 * Stands on the page that asks for a last look, with something private in the words.
 *
 * @param {Page} page
 * @param {string} url
 */
async function toCheck(page, url) {
  await page.goto(`${url}/report`);
  await choose(page, '12P00');
  await page.locator('#address').fill('Lighthouse Lane 3');
  await page.locator('#what').fill('The lamps are out. Ask my neighbour, 13812345678, car 沪A12345.');
  await page.locator('#contact').fill('someone@example.org');
  await send(page);
  await page.locator('input[value=power]').check();
  await page.locator('[data-question=extent] input').last().check();
  await send(page);
  if ((await page.locator('form input[name=step]').inputValue()) === 'details') await send(page);
}

/**
 * Stands on the second page, once the report close by is in a queue.
 *
 * @param {Page} page
 * @param {string} url
 */
async function expectClose(page, url) {
  const until = Date.now() + 30_000;
  do {
    if (Date.now() > until) throw new Error('nothing is shown close by');
    await toDetails(page, url, '12Q00');
  } while ((await page.locator('input[name=join]').count()) < 2);
}

/**
 * Has the portal say what the lines of a table become.
 *
 * @param {Page} page
 * @param {string} url
 * @param {string} table
 */
async function lookAt(page, url, table) {
  await page.goto(`${url}/report/several`);
  await page.locator('#table').fill(table);
  await onward(page, () => page.locator('#form button.send').click());
}

/** Rows in every state, as the page keeps them. */
async function keepSome() {
  const item = (/** @type {number} */ place, /** @type {object} */ more) => ({
    id: `01990000-0000-7000-8000-00000000000${place}`,
    kind: 'report',
    fields: [['key', ''], ['category', '12P00'], ['address', 'Lighthouse Lane 3'], ['what', 'The lamps are out. 路灯都灭了。']],
    tries: 1,
    next: Date.now() + 3_600_000,
    added: 1_795_000_000_000 + place,
    ...more,
  });
  const receipt = { key: '01990000-0000-7000-8000-000000000009', reference: 'AS37-384-0H3', category: '12G00', secret: 'A'.repeat(43), received: 1_795_000_000_000, statement: 'shouwang-receipt/1' };
  const photo = { ...item(4, { kind: 'photo', of: '01990000-0000-7000-8000-000000000001', name: 'IMG_0012.jpg', blob: new Blob(['x'.repeat(300_000)]), state: 'sealed', why: { code: 'cut' } }), fields: undefined };
  // @ts-expect-error A script of the page has it.
  await rows.add(
    [
      item(1, { state: 'sealed', why: { code: 'offline' } }),
      item(2, { state: 'needs-you', why: { code: 'invalid', sentences: ['“People” must be a whole number.'] } }),
      item(3, { state: 'draft', why: { code: 'incomplete', missing: ['category', 'place'] }, fields: [] }),
      photo,
    ],
    [receipt],
  );
}

/**
 * Asks something of the person on a desk's page that is out of date, or not this one's any more.
 *
 * @param {Page} page
 */
async function askInVain(page) {
  const ask = page.locator('details', { has: page.locator('#ask-told') });
  await ask.locator('summary').click();
  await page.locator('#ask-told').fill('河水从什么时候开始变色？');
  await onward(page, () => ask.locator('button.send').click());
}

/**
 * Has a receipt checked.
 *
 * @param {Page} page
 * @param {string} url
 * @param {string} verdict
 */
async function verified(page, url, verdict) {
  await page.goto(`${url}/receipt/${await report(url)}`);
  const statement = (await page.locator('.secret code').textContent()) ?? '';
  await page.goto(`${url}/receipt/verify`);
  const texts = { right: statement, wrong: statement.replace(/received=./, 'received=2'), unreadable: '12' };
  await page.locator('#statement').fill(texts[/** @type {keyof typeof texts} */ (verdict)]);
  await page.locator('form button.send').click();
  await page.locator(`[data-verdict=${verdict}]:not([hidden])`).waitFor();
}

/** @type {State[]} */
export const STATES = [
  { name: 'home', reach: async (page, city) => page.goto(await city.url('main')) },
  { name: 'home-demo', reach: async (page, city) => page.goto(await city.url('demo')) },
  { name: 'report', reach: async (page, city) => page.goto(`${await city.url('main')}/report`) },
  {
    name: 'report-danger',
    reach: async (page, city) => {
      await page.goto(`${await city.url('main')}/report`);
      await choose(page, '12E00');
    },
  },
  {
    name: 'report-organisation',
    status: 422,
    reach: async (page, city) => {
      await page.goto(`${await city.url('main')}/report`);
      await fillSite(page);
      await page.locator('#places').fill('Hall\n'.repeat(21));
      await send(page);
    },
  },
  {
    name: 'report-typed',
    reach: async (page, city) => {
      await page.goto(`${await city.url('main')}/report`);
      await page.locator('#address').fill('3 Mill Lane, 13812345678');
      await page.locator('#what').fill('Smoke in the stairs, somebody is trapped. The car 沪A12345 blocks the gate.');
      // Without script nobody minds.
      if (!(await page.evaluate(() => matchMedia('(scripting: enabled)').matches))) return;
      await page.locator('.minded:visible').nth(1).waitFor();
    },
  },
  {
    name: 'several',
    reach: async (page, city) => {
      await page.goto(`${await city.url('main')}/report/several`);
      await page.locator('form details summary').click();
    },
  },
  {
    name: 'several-refused',
    status: 422,
    reach: async (page, city) => {
      await lookAt(page, await city.url('main'), 'Good morning.');
    },
  },
  {
    name: 'several-preview',
    reach: async (page, city) => {
      await lookAt(page, await city.url('main'), `category,address,what,remark\n12P00,Mill Lane 3,${'x'.repeat(200)},?\n12G00,望江路与磨坊路路口,三楼冒烟,?\nmoon,,,?\n`);
    },
  },
  {
    name: 'several-list',
    reach: async (page, city) => {
      await lookAt(page, await city.url('main'), 'category,address\n12P00,Mill Lane 3\n12G00,Mill Lane 5\n');
      await onward(page, () => page.locator('#preview button.send').click());
    },
  },
  {
    name: 'more',
    reach: async (page, city) => {
      const url = await city.url('main');
      await page.goto(`${url}/track/${await report(url, { category: '12G00' })}/more`);
    },
  },
  {
    name: 'more-brought-up',
    reach: async (page, city) => {
      const url = await city.url('main');
      await page.goto(`${url}/track/${await report(url, { category: '12G00' })}/more`);
      await bringUpFloor(page);
    },
  },
  {
    name: 'more-refused',
    status: 422,
    reach: async (page, city) => {
      const url = await city.url('main');
      await page.goto(`${url}/track/${await report(url, { category: '12G00' })}/more`);
      await bringUpFloor(page);
      await page.locator('#question-floor').fill('the roof');
      await send(page);
    },
  },
  {
    name: 'track-more',
    reach: async (page, city) => {
      const url = await city.url('main');
      await page.goto(`${url}/track/${await report(url, { category: '12G00' })}/more`);
      await page.locator('input[value=forest]').check();
      await send(page);
    },
  },
  {
    name: 'report-refused',
    status: 422,
    reach: async (page, city) => {
      await page.goto(`${await city.url('main')}/report`);
      await page.locator('#people').fill('many');
      await page.locator('#contact').fill('c'.repeat(301));
      await page.locator('#what').fill(TROUBLESOME.what + '多'.repeat(2_000));
      await send(page);
    },
  },
  {
    name: 'report-refused-danger',
    status: 422,
    reach: async (page, city) => {
      await page.goto(`${await city.url('main')}/report`);
      await choose(page, '14F00');
      await send(page);
    },
  },
  {
    name: 'report-conflict',
    status: 409,
    reach: async (page, city) => {
      const url = await city.url('main');
      const key = newKey();
      await report(url, { ...TROUBLESOME, key });
      await page.goto(`${url}/report`);
      await useKey(page, key);
      await choose(page, '12P00');
      await page.locator('#address').fill('Lighthouse Lane 3');
      await sendThrough(page);
    },
  },
  {
    name: 'report-disk-full',
    status: 503,
    reach: async (page, city) => {
      await page.goto(`${await city.url('full')}/report`);
      await choose(page, '12P00');
      await page.locator('#address').fill('Lighthouse Lane 3');
      await page.locator('#what').fill('滴'.repeat(2_000));
      await sendThrough(page);
    },
  },
  {
    name: 'report-details',
    reach: async (page, city) => {
      await toDetails(page, await city.url('main'), '12P00');
    },
  },
  {
    name: 'report-details-refused',
    status: 422,
    reach: async (page, city) => {
      await toDetails(page, await city.url('main'), '12P00');
      await send(page);
    },
  },
  {
    name: 'report-nearby',
    reach: async (page, city) => {
      const url = await city.url('main');
      await report(url, { category: '12Q00', position: '31.21, 121.41' });
      await expectClose(page, url);
    },
  },
  {
    name: 'report-check',
    reach: async (page, city) => {
      await toCheck(page, await city.url('main'));
    },
  },
  {
    name: 'report-stopped',
    reach: async (page, city) => {
      await toDetails(page, await city.url('main'), '12P00');
      await page.locator('input[value=bill]').check();
      await send(page);
    },
  },
  {
    name: 'companion',
    reach: async (page, city) => {
      const url = await city.url('main');
      await report(url, { category: '12Q00', position: '31.21, 121.41' });
      await expectClose(page, url);
      await page.locator('input[name=join]').first().check();
      await send(page);
    },
  },
  {
    name: 'receipt',
    reach: async (page, city) => {
      const url = await city.url('main');
      await page.goto(`${url}/receipt/${await report(url)}`);
      await page.locator('details summary').click();
    },
  },
  {
    name: 'receipt-danger',
    reach: async (page, city) => {
      const url = await city.url('main');
      await page.goto(`${url}/receipt/${await report(url, TROUBLESOME)}`);
    },
  },
  {
    name: 'track',
    reach: async (page, city) => {
      const url = await city.url('main');
      await page.goto(`${url}/track/${await report(url)}`);
    },
  },
  {
    name: 'track-organisation',
    reach: async (page, city) => {
      const url = await city.url('main');
      const site = { name: 'Li Wei', site: 'Riverside Chemicals, plant 2', hazard: 'chemical', substance: 'Liquid ammonia, 20 t', places: '31.2311, 121.4740\n仓库东门' };
      await page.goto(`${url}/track/${await report(url, { ...TROUBLESOME, ...site })}`);
    },
  },
  {
    name: 'track-danger-notes',
    reach: async (page, city) => {
      const url = await city.url('main');
      const secret = await report(url, TROUBLESOME);
      await note(url, secret, TROUBLESOME.what);
      await page.goto(`${url}/track/${secret}`);
      await page.locator('#note').fill('They are out.');
      await send(page);
    },
  },
  {
    name: 'track-refused',
    status: 422,
    reach: async (page, city) => {
      const url = await city.url('main');
      await page.goto(`${url}/track/${await report(url)}`);
      await send(page);
    },
  },
  {
    name: 'track-conflict',
    status: 409,
    reach: async (page, city) => {
      const url = await city.url('main');
      const secret = await report(url);
      const key = newKey();
      await page.goto(`${url}/track/${secret}`);
      await useKey(page, key);
      await page.locator('#note').fill('They are out.');
      await send(page);
      await useKey(page, key);
      await page.locator('#note').fill('They are not out.');
      await send(page);
    },
  },
  {
    // Every opening of a report is written down first: with a full disk there is none.
    name: 'track-disk-full',
    status: 503,
    reach: async (page, city) => {
      const { server, secret } = await city.at('full');
      await page.goto(`${server.url}/track/${secret}`);
    },
  },
  {
    name: 'track-question',
    reach: async (page, city) => {
      const { server } = await city.at('main');
      await signIn(page, server, 'environment');
      const { key, secret } = await placed(page, server.url);
      await move(page, server.url, key, { act: 'ask', told: '河水从什么时候开始变色？' });
      await page.goto(`${server.url}/track/${secret}`);
    },
  },
  {
    name: 'track-closed',
    reach: async (page, city) => {
      const { server } = await city.at('main');
      await signIn(page, server, 'environment');
      const { secret } = await closed(page, server.url);
      await page.goto(`${server.url}/track/${secret}`);
      for (const summary of await page.locator('main details summary').all()) await summary.click();
    },
  },
  {
    name: 'track-contest-refused',
    status: 422,
    reach: async (page, city) => {
      const { server } = await city.at('main');
      await signIn(page, server, 'environment');
      const { secret } = await closed(page, server.url);
      await page.goto(`${server.url}/track/${secret}`);
      await page.locator('details', { has: page.locator('#form-contest') }).locator('summary').click();
      await onward(page, () => page.locator('#form-contest button.send').click());
    },
  },
  {
    name: 'consent',
    reach: async (page, city) => {
      const url = await city.url('main');
      await page.goto(`${url}/track/${await report(url, TROUBLESOME)}/consent`);
    },
  },
  {
    name: 'consent-question',
    reach: async (page, city) => {
      const url = await city.url('main');
      await page.goto(`${url}/track/${await report(url, TROUBLESOME)}/consent?withdraw=call-back`);
    },
  },
  {
    name: 'consent-done',
    reach: async (page, city) => {
      const url = await city.url('main');
      await page.goto(`${url}/track/${await report(url, TROUBLESOME)}/consent?withdraw=call-back`);
      await onward(page, () => page.locator('main button.send').click());
    },
  },
  {
    name: 'consent-refused',
    status: 422,
    reach: async (page, city) => {
      const url = await city.url('main');
      await page.goto(`${url}/track/${await report(url, TROUBLESOME)}/consent?withdraw=call-back`);
      await page.locator('input[name=consent]').evaluate((/** @type {HTMLInputElement} */ input) => { input.value = 'respond'; });
      await onward(page, () => page.locator('main button.send').click());
    },
  },
  {
    name: 'desk-duplicate',
    reach: async (page, city) => {
      const { server } = await city.at('main');
      await signIn(page, server, 'environment');
      const first = await placed(page, server.url);
      const { key } = await placed(page, server.url);
      const shown = await page.request.get(`${server.url}/desk/report/${first.key}`);
      const duplicate = (await shown.text()).match(/<span class="whole">([^<]+)<\/span><\/h1>/)?.[1] ?? '';
      await move(page, server.url, key, { act: 'change', to: 'duplicate', duplicate, told: '同一处。' });
      await page.goto(`${server.url}/desk/report/${key}`);
    },
  },
  {
    name: 'desk-duplicated',
    reach: async (page, city) => {
      const { server } = await city.at('main');
      await signIn(page, server, 'environment');
      const first = await placed(page, server.url);
      const shown = await page.request.get(`${server.url}/desk/report/${first.key}`);
      const duplicate = (await shown.text()).match(/<span class="whole">([^<]+)<\/span><\/h1>/)?.[1] ?? '';
      for (let count = 0; count < 3; count += 1) {
        const { key } = await placed(page, server.url);
        await move(page, server.url, key, { act: 'change', to: 'duplicate', duplicate, told: '同一处。' });
      }
      await page.goto(`${server.url}/desk/report/${first.key}`);
    },
  },
  {
    name: 'desk-redact-words',
    reach: async (page, city) => {
      const { server } = await city.at('main');
      await signIn(page, server, 'environment', 'moderator');
      const fields = { ...TROUBLESOME, category: '12Q00', 'answers[source][]': 'The pipe of Mr Zhang, 13800138000.' };
      const { key, secret } = await placed(page, server.url, fields);
      await note(server.url, secret, 'Ask my neighbour, 13812345678.');
      await page.goto(`${server.url}/desk/report/${key}/redact`);
    },
  },
  { name: 'desk-closed-door', status: 403, reach: async (page, city) => page.goto(`${await city.url('main')}/desk`) },
  { name: 'desk-enter', reach: async (page, city) => page.goto((await city.at('main')).server.invite('environment')) },
  {
    name: 'desk-enter-dead',
    status: 404,
    reach: async (page, city) => {
      await page.goto(`${await city.url('main')}/desk/enter/${'A'.repeat(43)}`);
      await onward(page, () => page.locator('main button.send').click());
    },
  },
  {
    name: 'desk-empty',
    reach: async (page, city) => {
      const { server } = await city.at('main');
      await signIn(page, server, 'safety', 'duty-officer');
      await page.goto(`${server.url}/desk?queue=offered`);
    },
  },
  {
    name: 'desk',
    reach: async (page, city) => {
      const { server } = await city.at('demo');
      await signIn(page, server, 'fire', 'duty-officer');
    },
  },
  {
    name: 'desk-report',
    reach: async (page, city) => {
      const { server } = await city.at('main');
      await signIn(page, server, 'environment');
      const { key, secret } = await closed(page, server.url);
      await say(server.url, secret, { act: 'rate', rating: 'partly' });
      await say(server.url, secret, { act: 'contest', note: TROUBLESOME.what });
      await move(page, server.url, key, { act: 'remark', inner: TROUBLESOME.what });
      await page.goto(`${server.url}/desk/report/${key}`);
      for (const summary of await page.locator('main details summary').all()) await summary.click();
    },
  },
  {
    name: 'desk-report-refused',
    status: 422,
    reach: async (page, city) => {
      const { server } = await city.at('main');
      await signIn(page, server, 'environment');
      const { key } = await placed(page, server.url, { ...TROUBLESOME, category: '12Q00' });
      await page.goto(`${server.url}/desk/report/${key}`);
      const change = page.locator('details', { has: page.locator('#change-to') });
      await change.locator('summary').click();
      await change.locator('#change-to').selectOption('refused');
      await onward(page, () => change.locator('button.send').click());
    },
  },
  {
    name: 'desk-report-stale',
    status: 409,
    reach: async (page, city) => {
      const { server } = await city.at('main');
      await signIn(page, server, 'environment');
      const { key } = await placed(page, server.url);
      await page.goto(`${server.url}/desk/report/${key}`);
      await move(page, server.url, key, { act: 'remark', inner: '先到一步。' });
      await askInVain(page);
    },
  },
  {
    name: 'desk-report-locked',
    status: 409,
    reach: async (page, city) => {
      const { server } = await city.at('main');
      await signIn(page, server, 'environment');
      const { key } = await placed(page, server.url);
      await page.goto(`${server.url}/desk/report/${key}`);
      // Somebody else sits down at the same browser: what is typed is theirs, and the report is still the first one's.
      const link = server.invite('environment');
      await page.request.post(link, { form: { link: link.split('/').pop() ?? '' }, maxRedirects: 0 });
      await askInVain(page);
    },
  },
  {
    name: 'desk-journal',
    reach: async (page, city) => {
      const { server } = await city.at('main');
      await signIn(page, server, 'duty', 'administrator');
      await page.goto(`${server.url}/desk/journal`);
    },
  },
  {
    name: 'desk-near',
    reach: async (page, city) => {
      const { server } = await city.at('main');
      await signIn(page, server, 'environment');
      const { key } = await placed(page, server.url, { position: '31.23041, 121.47370' });
      await placed(page, server.url, { position: '31.23041, 121.47370' });
      await page.goto(`${server.url}/desk/report/${key}/near`);
    },
  },
  {
    name: 'desk-near-refused',
    status: 422,
    reach: async (page, city) => {
      const { server } = await city.at('main');
      await signIn(page, server, 'environment');
      const { key } = await placed(page, server.url);
      await page.goto(`${server.url}/desk/report/${key}/near`);
      await onward(page, () => page.locator('main button.send').click());
    },
  },
  {
    name: 'desk-incident',
    reach: async (page, city) => {
      const { server } = await city.at('main');
      await signIn(page, server, 'environment');
      const { key } = await placed(page, server.url, { position: '31.23041, 121.47370' });
      const other = await placed(page, server.url, { position: '31.23041, 121.47370' });
      await page.goto(`${server.url}/desk/report/${key}/near`);
      await page.locator(`input[value="${other.key}"]`).check();
      await onward(page, () => page.locator('main button.send').click());
      for (const summary of await page.locator('main details summary').all()) await summary.click();
    },
  },
  {
    name: 'desk-incidents',
    reach: async (page, city) => {
      const { server } = await city.at('main');
      await signIn(page, server, 'environment');
      await page.goto(`${server.url}/desk/incidents`);
    },
  },
  {
    name: 'desk-redact',
    reach: async (page, city) => {
      const { server } = await city.at('main');
      await signIn(page, server, 'environment', 'duty-officer');
      const { key } = await placed(page, server.url, { what: '请联系 13800138000。' });
      await page.goto(`${server.url}/desk/report/${key}/redact?part=what`);
    },
  },
  {
    name: 'desk-flood',
    reach: async (page, city) => {
      const { server } = await city.at('empty');
      await signIn(page, server, 'duty', 'duty-officer');
      await page.goto(`${server.url}/desk/flood`);
    },
  },
  {
    name: 'track-photos',
    reach: async (page, city) => {
      const url = await city.url('main');
      await page.goto(`${url}/track/${await report(url)}`);
      await page.locator('#photo').setInputFiles([picture('one.png', [120, 60, 60]), picture('two.png', [60, 120, 60], 80, 120)]);
      await onward(page, () => page.locator('#photo-form button[type=submit]').click());
    },
  },
  {
    name: 'track-photos-chosen',
    reach: async (page, city) => {
      const url = await city.url('main');
      await page.goto(`${url}/track/${await report(url)}`);
      await page.locator('#photo').setInputFiles([picture('one.png', [120, 60, 60], 600, 400), NO_PICTURE]);
    },
  },
  { name: 'outbox', reach: async (page, city) => page.goto(`${await city.url('main')}/outbox`) },
  {
    name: 'outbox-waiting',
    reach: async (page, city) => {
      await page.goto(`${await city.url('main')}/outbox`);
      if (!(await page.evaluate(() => matchMedia('(scripting: enabled)').matches))) return;
      await page.locator('#outbox').waitFor();
      await page.evaluate(keepSome);
    },
  },
  { name: 'verify', reach: async (page, city) => page.goto(`${await city.url('main')}/receipt/verify`) },
  ...['right', 'wrong', 'unreadable'].map((verdict) => ({
    name: `verify-${verdict}`,
    reach: async (/** @type {Page} */ page, /** @type {City} */ city) => verified(page, await city.url('main'), verdict),
  })),
  ...HANDS,
  ...TOLD,
  { name: 'open-empty', reach: async (page, city) => page.goto(`${await city.url('empty')}/open`) },
  { name: 'open', reach: async (page, city) => page.goto(`${await city.url('counted')}/open`) },
  { name: 'open-demo', reach: async (page, city) => page.goto(`${await city.url('demo')}/open?period=month`) },
  { name: 'missing', status: 404, reach: async (page, city) => page.goto(`${await city.url('main')}/nothing/here`) },
  { name: 'missing-report', status: 404, reach: async (page, city) => page.goto(`${await city.url('main')}/track/${'A'.repeat(43)}`) },
  {
    name: 'plain-unreadable',
    status: 400,
    plain: true,
    reach: async (page, city) => {
      await page.goto(`${await city.url('main')}/report`);
      await page.locator('form').evaluate((form) => form.insertAdjacentHTML('beforeend', '<input type="hidden" name="key" value="again">'));
      await send(page);
    },
  },
  {
    name: 'plain-elsewhere',
    status: 403,
    plain: true,
    reach: async (page, city) => {
      await page.setContent(`<form method="post" action="${await city.url('main')}/report"><button class="send">Win a prize</button></form>`);
      await send(page);
    },
  },
  {
    name: 'plain-wrong-method',
    status: 405,
    plain: true,
    reach: async (page, city) => {
      await page.goto(`${await city.url('main')}/report`);
      await page.locator('form').evaluate((form) => form.setAttribute('action', '/open'));
      await send(page);
    },
  },
  {
    name: 'plain-too-long',
    status: 413,
    plain: true,
    reach: async (page, city) => {
      await page.goto(`${await city.url('main')}/report`);
      await page.locator('#what').fill('long '.repeat(54_000));
      await send(page);
    },
  },
  {
    name: 'plain-other-kind',
    status: 415,
    plain: true,
    reach: async (page, city) => {
      await page.goto(`${await city.url('main')}/report`);
      await page.locator('form').evaluate((form) => form.setAttribute('enctype', 'text/plain'));
      await send(page);
    },
  },
];
