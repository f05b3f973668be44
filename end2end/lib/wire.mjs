//! The way between a browser and a server, which can fail in the middle: closed, cut, or taken by a network that wants a log-in.

import { createServer, request } from 'node:http';

/**
 * - `open`: everything passes.
 * - `closed`: nothing can be reached.
 * - `cut`: what is posted arrives, and is answered; the answer never comes back.
 * - `portal`: somebody else answers everything, and well.
 * @typedef {'open' | 'closed' | 'cut' | 'portal'} Mode
 */

export class Wire {
  /** @type {import('node:http').Server} */ #listener;
  /** @type {Set<import('node:net').Socket>} */ #sockets = new Set();
  /** @type {Mode} */ #mode = 'open';
  url = '';
  /** What was posted and answered by the server since the start: path and status. */
  /** @type {{ path: string, status: number }[]} */ posts = [];

  /** Where it leads to. */
  #server = new URL('http://127.0.0.1');

  /** @param {string} server */
  constructor(server) {
    this.lead(server);
    this.#listener = createServer((asked, answer) => {
      if (this.#mode === 'closed') return void asked.socket.destroy();
      if (this.#mode === 'portal') {
        answer.writeHead(200, { 'Content-Type': 'text/html' });
        return void answer.end('<!DOCTYPE html><title>Free Wi-Fi</title><h1>Please log in</h1>');
      }
      const posted = asked.method === 'POST';
      const { hostname, port } = this.#server;
      const upstream = request({ hostname, port, path: asked.url, method: asked.method, headers: asked.headers }, (answered) => {
        const status = answered.statusCode ?? 0;
        if (posted) this.posts.push({ path: asked.url ?? '', status });
        if (posted && this.#mode === 'cut') {
          answered.resume();
          return void answered.once('end', () => asked.socket.destroy());
        }
        answer.writeHead(status, answered.headers);
        answered.pipe(answer);
      });
      upstream.once('error', () => asked.socket.destroy());
      asked.pipe(upstream);
    });
    this.#listener.on('connection', (socket) => {
      if (this.#mode === 'closed') return void socket.destroy();
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  /** @param {string} server */
  static async to(server) {
    const wire = new Wire(server);
    await new Promise((listening) => wire.#listener.listen(0, '127.0.0.1', () => listening(undefined)));
    const address = wire.#listener.address();
    wire.url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    return wire;
  }

  /** @param {string} server */
  lead(server) {
    this.#server = new URL(server);
  }

  /** @param {Mode} mode */
  turn(mode) {
    this.#mode = mode;
    // Connections that are kept alive would outlive the turn.
    for (const socket of this.#sockets) socket.destroy();
  }

  async stop() {
    this.turn('closed');
    await new Promise((closed) => this.#listener.close(() => closed(undefined)));
  }
}
