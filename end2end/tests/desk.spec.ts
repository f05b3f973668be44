//! The desk: a report from the queue to its end, and back to whoever sent it.

import { closed, move, placed, signIn } from '../lib/desk.mjs';
import { onward } from '../lib/forms.mjs';
import { expect, inEachLanguage, test } from '../lib/test.ts';

inEachLanguage((words) => {
  test('a link signs in once, and signing out ends it', async ({ page, city, watch }) => {
    watch.means(403);
    watch.means(404);
    const { server } = await city.at('main');
    const link = server.invite('environment');
    await page.goto(link);
    await onward(page, () => page.getByRole('button', { name: words.get('enter-go') }).click());
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.get('department-environment'));
    await page.goto(link);
    await onward(page, () => page.getByRole('button', { name: words.get('enter-go') }).click());
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.get('enter-dead-title'));
    await page.goto(`${server.url}/desk`);
    await onward(page, () => page.getByRole('button', { name: words.get('desk-sign-out') }).click());
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.get('desk-closed-door-title'));
  });

  test('a report is found in the queue, worked on and closed', async ({ page, city }) => {
    const { server } = await city.at('main');
    await signIn(page, server, 'environment');
    const { key } = await placed(page, server.url, { what: '河水发白。' });
    await page.goto(`${server.url}/desk`);
    const line = page.locator('ol.queue li', { has: page.locator(`a[href="/desk/report/${key}"]`) });
    await expect(line).toContainText(words.get('status-short-received'));
    await line.locator('a').click();
    await expect(page.locator('dl.sent')).toContainText('河水发白。');

    const change = page.locator('details', { has: page.locator('#change-to') });
    await change.locator('summary').click();
    await change.getByLabel(words.get('case-to')).selectOption('in-progress');
    await change.getByLabel(words.get('case-reason')).fill('两个人正在路上。');
    await onward(page, () => change.getByRole('button', { name: words.get('case-change') }).click());
    await expect(page.getByRole('status')).toContainText(words.get('case-done'));
    await expect(page.locator('p.status')).toContainText(words.get('status-short-in-progress'));

    await change.locator('summary').click();
    await change.getByLabel(words.get('case-to')).selectOption('done');
    await change.getByLabel(words.get('case-template')).selectOption('done-cleared');
    await change.getByLabel(words.get('case-evidence')).fill('pH 7.1');
    await onward(page, () => change.getByRole('button', { name: words.get('case-change') }).click());
    await expect(page.locator('ol.history')).toContainText(words.get('template-done-cleared'));
    await page.goto(`${server.url}/desk?queue=closed`);
    await expect(page.locator(`a[href="/desk/report/${key}"]`)).toBeVisible();
  });

  test('what is missing for a closing is said, and what was typed stays', async ({ page, city, watch }) => {
    watch.means(422);
    const { server } = await city.at('main');
    await signIn(page, server, 'environment');
    const { key } = await placed(page, server.url);
    await page.goto(`${server.url}/desk/report/${key}`);
    const change = page.locator('details', { has: page.locator('#change-to') });
    await change.locator('summary').click();
    await change.locator('#change-to').selectOption('refused');
    await change.locator('#change-told').fill('不归我们管。');
    await onward(page, () => change.locator('button.send').click());
    const problem = page.getByRole('alert').getByRole('link');
    await expect(problem).toHaveText([words.get('fault-choose', { field: words.get('case-ground') })]);
    await expect(page.locator('#change-told')).toHaveValue('不归我们管。');
    await expect(page.locator('#change-to')).toHaveValue('refused');
    await problem.click();
    await expect(page.locator('#change-ground')).toBeFocused();
  });

  test('a question goes to the person, and the answer comes back', async ({ page, city }) => {
    const { server } = await city.at('main');
    await signIn(page, server, 'environment');
    const { key, secret } = await placed(page, server.url);
    await move(page, server.url, key, { act: 'ask', told: '从什么时候开始？' });
    await page.goto(`${server.url}/track/${secret}`);
    await expect(page.locator('p.status')).toContainText(words.get('status-waiting'));
    const asked = page.locator('section.asked');
    await expect(asked).toContainText('从什么时候开始？');
    await asked.getByLabel(words.get('track-answer')).fill('今天早上。');
    await onward(page, () => asked.getByRole('button', { name: words.get('track-answer-send') }).click());
    await expect(page.locator('p.status')).toContainText(words.get('status-in-progress'));
    await expect(asked).toHaveCount(0);
    await page.goto(`${server.url}/desk/report/${key}`);
    await expect(page.locator('ol.history')).toContainText('今天早上。');
  });

  test('"it is not solved" opens a report again, once', async ({ page, city }) => {
    const { server } = await city.at('main');
    await signIn(page, server, 'environment');
    const { key, secret } = await closed(page, server.url);
    await page.goto(`${server.url}/track/${secret}`);
    await expect(page.locator('p.status')).toContainText(words.get('status-done'));
    const contest = page.locator('details', { has: page.locator('#form-contest') });
    await contest.locator('summary').click();
    await contest.getByLabel(words.get('track-contest-why')).fill('又变白了。');
    await onward(page, () => contest.getByRole('button', { name: words.get('track-contest-send') }).click());
    await expect(page.locator('p.status')).toContainText(words.get('status-reopened'));
    await move(page, server.url, key, { act: 'change', to: 'in-progress', told: '再去一次。' });
    await move(page, server.url, key, { act: 'change', to: 'done', template: 'done-cleared', evidence: 'pH 7.0' });
    await page.goto(`${server.url}/track/${secret}`);
    await expect(page.locator('p.status')).toContainText(words.get('status-done'));
    await expect(page.locator('#form-contest')).toHaveCount(0);
  });
});
