//! Reports sent by a program, where a test needs some to be there.

import { randomBytes } from 'node:crypto';

/** @typedef {Record<string, string>} Fields */

/** A new UUIDv7 (RFC 9562, section 5.7). */
export function newKey() {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = 0x70 | (bytes[6] ?? 0) & 0x0f;
  bytes[8] = 0x80 | (bytes[8] ?? 0) & 0x3f;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/**
 * Posts a form as a browser without script does.
 *
 * @param {string} address
 * @param {Fields} fields
 * @param {Record<string, string>} [headers]
 */
export async function post(address, fields, headers = {}) {
  const answer = await fetch(address, { method: 'POST', body: new URLSearchParams(fields), headers, redirect: 'manual' });
  await answer.body?.cancel();
  return { status: answer.status, location: answer.headers.get('location') ?? '' };
}

/**
 * Sends a report that must be taken, and answers with the secret of its link.
 *
 * @param {string} url
 * @param {Fields} [fields]
 */
export async function report(url, fields = {}) {
  const all = { key: newKey(), category: '20000', address: 'Mill Road 12', ...fields };
  const { status, location } = await post(`${url}/report`, all);
  const secret = location.match(/^\/receipt\/([\w-]{43})$/)?.[1];
  if (status !== 303 || !secret) throw new Error(`a report was answered with ${status} ${location}`);
  return secret;
}

/**
 * Adds a note that must be taken.
 *
 * @param {string} url
 * @param {string} secret
 * @param {string} note
 */
export async function note(url, secret, note) {
  const { status } = await post(`${url}/track/${secret}`, { key: newKey(), secret, note });
  if (status !== 303) throw new Error(`a note was answered with ${status}`);
}

/** A quiet afternoon in a small town: nine reports around the market, four by the river, some without a position. */
export const AFTERNOON = [
  ...['12H00', '12H00', '12H00', '13Y00', '13Y00', '12P00', '12P00', '20000', '12G00'].map((category) => ({ category, position: '31.2304, 121.4737' })),
  ...['11A02', '11A02', '12Q00', '20000'].map((category) => ({ category, position: '31.4000, 121.6000' })),
  ...['14B00', '12N00', '19000'].map((category) => ({ category, unknown: 'yes' })),
];
