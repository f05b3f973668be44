//! The receipt: proof that the report is stored, and the way back to it.

import { createPublicKey, verify } from 'node:crypto';
import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import { reportBy } from '../lib/forms.mjs';
import { report } from '../lib/reports.mjs';
import { expect, inEachLanguage, test, type Page } from '../lib/test.ts';

/** What a telephone reads from the QR code on the page. */
async function scan(page: Page): Promise<string | undefined> {
  const { data, width, height } = PNG.sync.read(await page.locator('svg.qr').screenshot());
  return jsQR.default(new Uint8ClampedArray(data), width, height)?.data;
}

inEachLanguage((words) => {
  test('a receipt names the reference, and its QR code is the secret link', async ({ page, baseURL }) => {
    await page.goto('/report');
    await reportBy(page);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.get('receipt-heading'));
    await expect(page.getByText(words.like('receipt-stored'))).toBeVisible();
    await expect(page.locator('.receipt')).toContainText(words.get('category-20000'));
    await expect(page.locator('.receipt > .call-now')).toHaveCount(0);

    const link = page.locator('p.secret a');
    const secret = page.url().split('/').at(-1);
    await expect(link).toHaveText(`${baseURL}/track/${secret}`);
    await expect(link).toHaveAttribute('href', `${baseURL}/track/${secret}`);
    await expect(page.getByRole('img', { name: words.get('receipt-qr') })).toBeVisible();
    expect(await scan(page)).toBe(`${baseURL}/track/${secret}`);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await scan(page), 'in the dark').toBe(`${baseURL}/track/${secret}`);

    const reference = await page.locator('.reference').textContent();
    await link.click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.get('track-heading', { reference: reference! }));
  });

  test('the signed statement can be shown, and anybody can check it', async ({ page }) => {
    await page.goto('/report');
    const key = await page.locator('input[name=key]').inputValue();
    await reportBy(page);
    const statement = page.locator('details code');
    await expect(statement).toBeHidden();
    await page.getByText(words.get('receipt-proof'), { exact: true }).click();
    await expect(statement).toBeVisible();

    const signed = (await statement.textContent()) ?? '';
    const [, certified = '', signature = ''] = signed.match(/^(.*) (\S+)$/) ?? [];
    expect(certified).toMatch(new RegExp(`^shouwang-receipt/1 key=${key} sha256=[0-9a-f]{64} received=\\d{13}$`));
    const hint = (await page.locator('details p').first().textContent()) ?? '';
    const signer = hint.match(words.like('receipt-proof-hint'))?.[1] ?? '';
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: signer }, format: 'jwk' });
    expect(verify(null, Buffer.from(certified), publicKey, Buffer.from(signature, 'base64url'))).toBe(true);
  });

  test('a receipt for something dangerous says "call now" first', async ({ page, baseURL }) => {
    await page.goto(`/receipt/${await report(baseURL!, { category: '12G00' })}`);
    const call = page.locator('.receipt > .call-now');
    await expect(call).toContainText(words.get('call-now'));
    await expect(call).toBeInViewport();
    await expect(call.locator('a[href="tel:119"]')).toBeInViewport();
  });
});

test('a printed receipt holds what is needed and nothing else', async ({ page, baseURL }) => {
  await page.goto(`/receipt/${await report(baseURL!)}`);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  for (const chrome of ['.skip', '.switch', '.foot', 'a.send']) await expect(page.locator(chrome)).toBeHidden();
  for (const content of ['h1', '.reference', 'p.secret >> nth=0', 'svg.qr']) await expect(page.locator(content)).toBeVisible();
  const colours = await page.locator('body').evaluate((body) => [getComputedStyle(body).backgroundColor, getComputedStyle(body).color]);
  expect(colours).toEqual(['rgb(255, 255, 255)', 'rgb(0, 0, 0)']);
});

test('nobody on the way keeps a copy of a receipt', async ({ page, baseURL }) => {
  const secret = await report(baseURL!);
  for (const address of [`/receipt/${secret}`, `/track/${secret}`]) {
    const headers = (await page.request.get(address)).headers();
    expect(headers['cache-control'], address).toContain('no-store');
    expect(headers['referrer-policy'], address).toBe('same-origin');
  }
});
