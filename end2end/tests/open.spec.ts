//! The hub's own view: counts by kind, hour and area, for everybody.

import { AFTERNOON } from '../lib/reports.mjs';
import { Server } from '../lib/server.mjs';
import { expect, inEachLanguage, test, type Page } from '../lib/test.ts';

/** Opens the view, and again, until it has counted everything that was sent. */
async function counted(page: Page, address: string, reports: number): Promise<void> {
  await expect(async () => {
    await page.goto(address);
    await expect(page.locator('table').first().locator('tfoot td').nth(1)).toHaveText(String(reports), { timeout: 100 });
  }).toPass({ intervals: [50, 100, 250, 500] });
}

const column = async (page: Page, cells: string) => (await page.locator(cells).allTextContents()).map(Number);
const sum = (numbers: number[]) => numbers.reduce((one, other) => one + other, 0);

inEachLanguage((words) => {
  test('with no reports, the view says so', async ({ page, city }) => {
    await page.goto(`${await city.url('empty')}/open`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.get('open-heading'));
    await expect(page.locator('.empty')).toHaveText(words.get('open-empty'));
    await expect(page.locator('table, svg.chart')).toHaveCount(0);
  });

  test('reports are counted by kind and hour, and the table says what the chart shows', async ({ page, city }) => {
    await counted(page, `${await city.url('counted')}/open`, AFTERNOON.length);
    const kinds = page.locator('[aria-labelledby=by-category] tbody tr');
    await expect(kinds.first()).toContainText(words.get('category-12H00'));
    await expect(kinds.first().locator('td').nth(1)).toHaveText('3');
    expect(sum(await column(page, '[aria-labelledby=by-category] tbody td:nth-child(3)'))).toBe(AFTERNOON.length);

    const hours = await column(page, '[aria-labelledby=by-hour] tbody td:last-child');
    expect(hours).toHaveLength(24);
    expect(sum(hours)).toBe(AFTERNOON.length);
    const chart = page.locator('svg.chart');
    await expect(chart).toHaveRole('img');
    const name = (await chart.getAttribute('aria-label')) ?? '';
    const [low, least, high, most] = (name.match(words.like('open-hour-chart')) ?? []).slice(1).map(Number);
    expect(hours[low!]).toBe(least);
    expect(hours[high!]).toBe(most);
    expect([least, most]).toEqual([Math.min(...hours), Math.max(...hours)]);
    await expect(chart.locator('rect.bar')).toHaveCount(24);
  });

  test('an area is shown from five reports on, and never with fewer', async ({ page, city }) => {
    await counted(page, `${await city.url('counted')}/open`, AFTERNOON.length);
    const areas = page.locator('[aria-labelledby=by-area] tbody tr');
    await expect(areas).toHaveCount(1);
    await expect(areas.locator('td').last()).toHaveText('9');
    await expect(areas.locator('code')).toHaveText(/^87[0-9a-f]{13}$/);
    await expect(page.getByText(words.like('open-areas-left-out'))).toContainText('1');
    await expect(page.locator('main')).not.toContainText('31.4');
  });

  test('the view can look back a day, a month, or all the way', async ({ page, city }) => {
    await page.goto(`${await city.url('counted')}/open`);
    const periods = page.getByRole('navigation', { name: words.get('open-period') });
    await expect(periods.locator('[aria-current=page]')).toHaveText(words.get('period-all'));
    for (const period of ['day', 'month', 'all']) {
      await periods.getByRole('link', { name: words.get(`period-${period}`), exact: true }).click();
      await expect(page).toHaveURL(new RegExp(`period=${period}$`));
      await expect(periods.locator('[aria-current=page]')).toHaveText(words.get(`period-${period}`));
    }
  });
});

test('the counts can be downloaded', async ({ page, city }) => {
  await counted(page, `${await city.url('counted')}/open`, AFTERNOON.length);
  const started = page.waitForEvent('download');
  await page.locator('a[download]').click();
  const download = await started;
  expect(download.suggestedFilename()).toBe('shouwang-counts.csv');
  const csv = await (await download.createReadStream()).setEncoding('utf8').reduce((text, part) => text + part, '');
  expect(csv).toContain('12H00');
});

test('an area appears with its fifth report', async ({ page }) => {
  const server = await Server.start({ name: 'fifth' });
  try {
    const here = { category: '20000', position: '31.2304, 121.4737' };
    server.past([here, here, here, here]);
    await counted(page, `${server.url}/open`, 4);
    await expect(page.locator('[aria-labelledby=by-area]')).toHaveCount(0);
    server.past([here]);
    await counted(page, `${server.url}/open`, 5);
    await expect(page.locator('[aria-labelledby=by-area] tbody td').last()).toHaveText('5');
  } finally {
    await server.stop();
  }
});
