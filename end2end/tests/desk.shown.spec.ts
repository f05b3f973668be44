//! What the desk shows and takes out of sight, and what the person who reported says to it in the end.

import { closed, flooded, placed, signIn } from '../lib/desk.mjs';
import { onward } from '../lib/forms.mjs';
import { picture } from '../lib/pictures.mjs';
import { expect, inEachLanguage, test, type Page } from '../lib/test.ts';

const NUMBER = '13800138000';

/** What has happened to a report; below it stands who was told and who has opened it. */
const history = (page: Page) => page.locator('ol.history').first();

inEachLanguage((words) => {
  test('photos of what was done are seen by the person who reported', async ({ page, city }) => {
    const { server } = await city.at('main');
    await signIn(page, server, 'environment');
    const { key, secret } = await placed(page, server.url);
    await page.goto(`${server.url}/desk/report/${key}`);
    await page.getByLabel(words.get('photo-evidence')).setInputFiles(picture('after.png', [40, 120, 200]));
    await onward(page, () => page.locator('#photo-form button[type=submit]').click());
    const photo = page.locator('ul.photos img');
    const name = words.get('photo-of-department', { number: 1, department: words.get('department-environment') });
    await expect(photo).toHaveAttribute('alt', name);

    await page.goto(`${server.url}/track/${secret}`);
    await expect(photo).toHaveAttribute('alt', name);
    // Far down, it is loaded when it is come to.
    await photo.scrollIntoViewIfNeeded();
    await expect(photo).toHaveJSProperty('naturalWidth', 120);
    const whole = await page.request.get(`${server.url}${await page.locator('ul.photos a').getAttribute('href')}`);
    expect([whole.status(), whole.headers()['content-type']]).toEqual([200, 'image/jpeg']);
  });

  test('words are taken out of sight of the departments, not of who wrote them, and shown again', async ({ page, city, watch }) => {
    watch.means(422);
    const { server } = await city.at('main');
    await signIn(page, server, 'environment', 'moderator');
    const { key, secret } = await placed(page, server.url, { what: `请联系 ${NUMBER}。` });
    const report = `${server.url}/desk/report/${key}`;
    const sent = page.locator('dl.sent');
    const toForm = async () => {
      await page.goto(report);
      await onward(page, () => page.getByRole('link', { name: words.get('case-redact') }).click());
      await onward(page, () => page.getByRole('main').getByRole('link', { name: words.get('track-what'), exact: true }).click());
    };
    await toForm();
    await expect(page.locator('p.status'), 'the original').toContainText(NUMBER);
    const instead = page.getByLabel(words.get('redact-instead'));
    await expect(instead, 'what looks private is blacked out already').toHaveValue('请联系 ███████████。');
    const hide = page.getByRole('button', { name: words.get('redact-go') });
    await onward(page, () => hide.click());
    await expect(page.getByRole('alert'), 'why?').toBeFocused();
    await instead.fill('请联系 ███。');
    await page.getByLabel(words.get('redact-reason')).selectOption('private');
    await page.getByLabel(words.get('redact-why')).fill('这是别人的号码。');
    await onward(page, () => hide.click());
    await expect(sent).toContainText('请联系 ███。');
    await expect(page.locator('main')).not.toContainText(NUMBER);
    await expect(page.locator('main')).toContainText(words.get('case-hidden', { reason: words.get('redaction-private') }));

    await page.goto(`${server.url}/track/${secret}`);
    await expect(sent, 'whoever wrote it reads it').toContainText(NUMBER);
    await expect(history(page)).toContainText('这是别人的号码。');

    await toForm();
    await page.getByLabel(words.get('redact-why')).fill('是本人的号码。');
    await onward(page, () => page.getByRole('button', { name: words.get('redact-show') }).click());
    await expect(sent).toContainText(NUMBER);
  });

  test('a photo is taken out of sight of the departments, and its author still sees it', async ({ page, city }) => {
    const { server } = await city.at('main');
    await signIn(page, server, 'environment', 'moderator');
    const { key, secret } = await placed(page, server.url);
    await page.request.post(`${server.url}/photo/${secret}`, { multipart: { photo: picture('face.png', [200, 160, 120]) } });
    const photos = page.locator('ul.photos img');
    await page.goto(`${server.url}/desk/report/${key}`);
    await expect(photos).toHaveCount(1);
    await onward(page, () => page.getByRole('link', { name: words.get('case-redact') }).click());
    await onward(page, () => page.getByRole('link', { name: words.get('photo-number', { number: 1 }), exact: true }).click());
    await expect(page.locator('p.photos img'), 'the original').toHaveJSProperty('naturalWidth', 120);
    await page.getByLabel(words.get('redact-why')).fill('上面有别人的脸。');
    await onward(page, () => page.getByRole('button', { name: words.get('redact-go') }).click());
    await expect(page.locator('.hidden-photo')).toHaveText(words.get('redact-photo-instead'));
    await expect(photos).toHaveCount(0);

    await page.goto(`${server.url}/track/${secret}`);
    await photos.scrollIntoViewIfNeeded();
    await expect(photos).toHaveJSProperty('naturalWidth', 120);
    await expect(history(page)).toContainText('上面有别人的脸。');
  });

  test('a flood is put aside, and a duty officer lets out what is real', async ({ page, city, watch }) => {
    watch.means(422);
    const { server } = await city.at('main');
    await signIn(page, server, 'duty', 'duty-officer');
    const key = await flooded(page, server.url);
    await page.goto(`${server.url}/desk`);
    await onward(page, () => page.getByRole('link', { name: words.get('desk-flood') }).click());
    const chosen = page.locator(`input[value="${key}"]`);
    const go = page.getByRole('button', { name: words.get('flood-go') });
    await onward(page, () => go.click());
    await expect(page.getByRole('alert').getByRole('link')).toHaveText([words.get('fault-reports-missing')]);
    await chosen.check();
    await onward(page, () => go.click());
    await expect(page.getByRole('status')).toHaveText(words.like('flood-released'));
    await expect(chosen).toHaveCount(0);

    await page.goto(`${server.url}/desk/report/${key}`);
    await expect(history(page)).toContainText(words.get('act-release', { department: words.get('department-environment') }));
    await expect(page.locator('details[open] p.notice'), 'why it was held back stays readable').toContainText('one-device-one-place');

    await page.goto(`${server.url}/desk/flood`);
    await onward(page, () => page.getByRole('button', { name: words.get('flood-all') }).click());
    await expect(page.locator('main')).toContainText(words.get('flood-none'));
  });

  test('after the closing there is a short question, answered once and read at the desk', async ({ page, city, watch }) => {
    watch.means(422);
    const { server } = await city.at('main');
    await signIn(page, server, 'environment');
    const { key, secret } = await closed(page, server.url);
    const rate = page.locator('details', { has: page.locator('#form-rate') });
    const go = () => onward(page, () => rate.getByRole('button', { name: words.get('track-rate-send') }).click());
    await page.goto(`${server.url}/track/${secret}`);
    await rate.locator('summary').click();
    await rate.getByLabel(words.get('track-rate-why')).fill('来得很快。');
    await go();
    await expect(page.getByRole('alert').getByRole('link'), 'the words alone are no answer').toHaveCount(1);
    await expect(rate.getByLabel(words.get('track-rate-why'))).toHaveValue('来得很快。');
    await rate.getByLabel(words.get('rating-partly')).check();
    await go();
    await expect(history(page)).toContainText(words.get('rating-partly'));
    await expect(page.locator('p.status'), 'it stays closed').toContainText(words.get('status-done'));
    await expect(rate).toHaveCount(0);
    await page.goto(`${server.url}/desk/report/${key}`);
    await expect(history(page)).toContainText(words.get('rating-partly'));
    await expect(history(page)).toContainText('来得很快。');
  });
});
