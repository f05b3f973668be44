//! The desk is many people: a report that goes from one department to another, from one pair of hands to the next, or together with others.

import { move, nowhere, placed, signIn } from '../lib/desk.mjs';
import { onward } from '../lib/forms.mjs';
import { expect, inEachLanguage, test, type Page } from '../lib/test.ts';

const REASON = '油从一辆货车里漏出来。';

/** The form of a page that holds a control. */
const form = (page: Page, control: string) => page.locator('details', { has: page.locator(control) });

/** What has happened to a report; below it stands who was told and who has opened it. */
const history = (page: Page) => page.locator('ol.history').first();

inEachLanguage((words) => {
  const environment = words.get('department-environment');
  const traffic = words.get('department-traffic');

  test('a report is passed on with a reason, and goes to the other department once that takes it over', async ({ page, colleague, city, watch }) => {
    watch.means(422);
    const { server } = await city.at('main');
    await signIn(page, server, 'environment');
    await signIn(colleague, server, 'traffic');
    const { key, secret } = await placed(page, server.url);
    const address = `${server.url}/desk/report/${key}`;
    await page.goto(address);
    const pass = form(page, '#offer-department');
    await pass.locator('summary').click();
    await pass.getByLabel(words.get('case-department')).selectOption('traffic');
    const go = pass.getByRole('button', { name: words.get('case-pass-go') });
    await onward(page, () => go.click());
    await expect(page.getByRole('alert').getByRole('link')).toHaveText([words.get('fault-missing', { field: words.get('case-inner') })]);
    await expect(page.locator('#offer-department')).toHaveValue('traffic');
    await pass.getByLabel(words.get('case-inner')).fill(REASON);
    await onward(page, () => go.click());
    await expect(page.getByRole('status')).toContainText(words.get('case-done'));
    await expect(page.locator('main')).toContainText(words.get('case-offered', { department: traffic }));
    await expect(pass, 'one offer at a time').toHaveCount(0);

    await colleague.goto(`${server.url}/desk`);
    await colleague.getByRole('link', { name: words.get('desk-offered') }).click();
    await colleague.locator(`a[href="/desk/report/${key}"]`).click();
    await expect(history(colleague)).toContainText(REASON);
    await onward(colleague, () => colleague.getByRole('button', { name: words.get('case-accept'), exact: true }).click());
    await expect(colleague.getByRole('status')).toContainText(words.get('case-done'));
    await expect(history(colleague)).toContainText(words.get('act-accept', { department: environment }));
    await expect(form(colleague, '#change-to'), 'it is theirs to work on').toHaveCount(1);
    await colleague.goto(`${server.url}/desk`);
    await expect(colleague.locator(`a[href="/desk/report/${key}"]`)).toBeVisible();
    expect((await page.request.get(address)).status(), 'and no longer that of the first').toBe(403);

    await page.goto(`${server.url}/track/${secret}`);
    await expect(page.locator('main')).toContainText(`${words.get('track-owner')} ${traffic}`);
    await expect(page.locator('main'), 'why it was passed on is between departments').not.toContainText(REASON);
  });

  test('an offer is refused with a reason, and the report stays where it was', async ({ page, colleague, city, watch }) => {
    watch.means(422);
    const { server } = await city.at('main');
    await signIn(page, server, 'environment');
    await signIn(colleague, server, 'traffic');
    const { key } = await placed(page, server.url);
    await move(page, server.url, key, { act: 'offer', department: 'traffic', inner: '请看一下货车。' });
    await colleague.goto(`${server.url}/desk/report/${key}`);
    const refuse = colleague.getByRole('button', { name: words.get('case-refuse') });
    await onward(colleague, () => refuse.click());
    const problem = colleague.getByRole('alert').getByRole('link');
    await expect(problem).toHaveText([words.get('fault-missing', { field: words.get('case-inner') })]);
    await problem.click();
    await expect(colleague.locator('#refuse-inner')).toBeFocused();
    await colleague.locator('#refuse-inner').fill(REASON);
    // What is not theirs any more, they do not come back to.
    expect((await onward(colleague, () => refuse.click())).status()).toBe(200);
    await expect(colleague.getByRole('heading', { level: 1 })).toHaveText(traffic);
    await expect(colleague.locator(`a[href="/desk/report/${key}"]`)).toHaveCount(0);

    await page.goto(`${server.url}/desk/report/${key}`);
    await expect(page.locator('main > p', { hasText: words.get('case-offered', { department: traffic }) })).toHaveCount(0);
    await expect(history(page)).toContainText(words.get('act-refuse', { department: environment }));
    await expect(history(page)).toContainText(REASON);
    await expect(form(page, '#offer-department'), 'it can be offered again').toHaveCount(1);
  });

  test('work that somebody has open is taken up on purpose, and what they typed stays theirs', async ({ page, colleague, city, watch }) => {
    watch.means(409);
    const { server } = await city.at('main');
    await signIn(page, server, 'environment');
    await signIn(colleague, server, 'environment');
    const { key } = await placed(page, server.url);
    const address = `${server.url}/desk/report/${key}`;
    await page.goto(address);
    const ask = form(page, '#ask-told');
    await ask.locator('summary').click();
    await page.locator('#ask-told').fill('上游的闸门开着吗？');

    await colleague.goto(address);
    await expect(colleague.locator('p.notice[role=status]')).toHaveText(words.like('case-editing'));
    await onward(colleague, () => colleague.getByRole('button', { name: words.get('case-take-up-go') }).click());
    await expect(colleague.getByRole('status')).toContainText(words.get('case-done'));
    await expect(colleague.getByRole('button', { name: words.get('case-take-up-go') })).toHaveCount(0);
    const change = form(colleague, '#change-to');
    await change.locator('summary').click();
    await change.locator('#change-to').selectOption('in-progress');
    await onward(colleague, () => change.locator('button.send').click());
    await expect(colleague.locator('p.status')).toContainText(words.get('status-short-in-progress'));

    expect((await onward(page, () => ask.locator('button.send').click())).status()).toBe(409);
    await expect(page.getByRole('alert')).toBeFocused();
    await expect(page.locator('#ask-told')).toHaveValue('上游的闸门开着吗？');
    await expect(history(page)).toContainText(words.get('act-take-up'));
    await expect(history(page)).not.toContainText('上游的闸门开着吗？');

    await onward(page, () => page.getByRole('button', { name: words.get('case-take-up-go'), exact: true }).click());
    await ask.locator('summary').click();
    await page.locator('#ask-told').fill('上游的闸门开着吗？');
    await onward(page, () => ask.locator('button.send').click());
    await expect(history(page)).toContainText('上游的闸门开着吗？');
  });

  test('reports of one event are joined, all their people are told, and one is taken out again', async ({ page, city }) => {
    const { server } = await city.at('main');
    await signIn(page, server, 'environment');
    const position = nowhere();
    const one = await placed(page, server.url, { position });
    const other = await placed(page, server.url, { position });
    const track = (secret: string) => page.goto(`${server.url}/track/${secret}`);
    const report = `${server.url}/desk/report/${other.key}`;
    await page.goto(report);
    await onward(page, () => page.getByRole('link', { name: words.get('case-near') }).click());
    await page.locator(`input[value="${one.key}"]`).check();
    await page.getByLabel(words.get('near-told')).fill('几位邻居报告了同一处。');
    await onward(page, () => page.getByRole('button', { name: words.get('near-go') }).click());
    const incident = page.url();
    const members = page.locator('ol.queue > li');
    await expect(members).toHaveCount(2);

    const change = form(page, '#change-to');
    await change.locator('summary').click();
    await change.locator('#change-to').selectOption('in-progress');
    await change.getByLabel(words.get('incident-told')).fill('两辆车正在路上。');
    await onward(page, () => change.getByRole('button', { name: words.get('incident-change-go') }).click());
    await expect(members).toContainText([words.get('status-short-in-progress'), words.get('status-short-in-progress')]);
    const tell = form(page, '#tell-told');
    await tell.locator('summary').click();
    await page.locator('#tell-told').fill('请不要取河水。');
    await onward(page, () => tell.locator('button.send').click());
    for (const { secret } of [one, other]) {
      await track(secret);
      await expect(page.locator('p.status')).toContainText(words.get('status-in-progress'));
      await expect(history(page)).toContainText(words.like('act-merge'));
      for (const told of ['几位邻居报告了同一处。', '两辆车正在路上。', '请不要取河水。']) await expect(history(page)).toContainText(told);
    }

    await page.goto(incident);
    const split = form(page, '#split-reports');
    await split.locator('summary').click();
    await split.getByLabel(words.get('incident-split-which')).selectOption(other.key);
    await split.getByLabel(words.get('incident-split-why')).fill('这是另一条河。');
    await onward(page, () => split.getByRole('button', { name: words.get('incident-split-go') }).click());
    await expect(members).toHaveCount(1);
    await track(other.secret);
    await expect(history(page)).toContainText(words.like('act-split'));
    await expect(history(page)).toContainText('这是另一条河。');
    await track(one.secret);
    await expect(history(page)).not.toContainText('这是另一条河。');
    await page.goto(report);
    await expect(page.locator('main')).not.toContainText(words.get('case-member-hint'));
  });
});
