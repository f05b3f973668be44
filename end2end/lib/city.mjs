//! The servers that pages are looked at on, each started when it is first asked for.

import { AFTERNOON, newKey, post, report } from './reports.mjs';
import { MailServer, ORIGIN } from './mail.mjs';
import { Server } from './server.mjs';

/** Where `Server#room` ends for a store that is soon full, in KiB. */
export const LITTLE = 512;

/**
 * Sends reports until the store takes no more.
 *
 * @param {Server} server
 */
export async function fill(server) {
  // Large ones first; then small ones, until not even those fit.
  for (const what of ['滴'.repeat(2_000), '滴']) {
    let status = 303;
    while (status === 303) ({ status } = await post(`${server.url}/report`, { key: newKey(), category: '19000', unknown: 'yes', what }));
    if (status !== 503) throw new Error(`a report was answered with ${status}`);
  }
}

/** @type {Record<Name, () => Promise<Place>>} */
const MAKERS = {
  /** Where tests send their reports. */
  main: async () => ({ server: await Server.start({ name: 'main' }) }),
  /** Nobody has reported anything. */
  empty: async () => ({ server: await Server.start({ name: 'empty' }) }),
  /** An afternoon's reports. */
  counted: async () => {
    const server = await Server.start({ name: 'counted' });
    server.past(AFTERNOON);
    return { server };
  },
  /** One report, then the disk was full. */
  full: async () => {
    const server = await Server.start({ name: 'full', room: LITTLE });
    const secret = await report(server.url);
    await fill(server);
    return { server, secret };
  },
  /** People are told by mail. */
  told: async () => {
    const mail = await MailServer.start();
    const args = ['--origin', ORIGIN, '--smtp', mail.url, '--mail-from', 'notice@portal.example'];
    return { server: await Server.start({ name: 'told', args }), mail };
  },
  /** The demonstration city. */
  demo: async () => ({ server: await Server.start({ name: 'demo', args: ['--demo'] }) }),
};

/**
 * @typedef {'main' | 'empty' | 'counted' | 'full' | 'told' | 'demo'} Name
 * @typedef {{ server: Server, secret?: string, mail?: MailServer }} Place
 */

export class City {
  /** @type {Map<Name, Promise<Place>>} */ #places = new Map();

  /**
   * @param {Name} name
   * @returns {Promise<Place>}
   */
  at(name) {
    const place = this.#places.get(name) ?? MAKERS[name]();
    this.#places.set(name, place);
    return place;
  }

  /** @param {Name} name */
  async url(name) {
    return (await this.at(name)).server.url;
  }

  async stop() {
    const places = await Promise.allSettled(this.#places.values());
    await Promise.all(places.map((place) => place.status === 'fulfilled' && place.value.server.stop()));
  }
}
