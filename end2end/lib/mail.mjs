//! A mail server of our own: it takes every mail but those to nobody.

import { createServer } from 'node:net';

/** Where the portal says that people see it: what the links in its mails begin with. */
export const ORIGIN = 'https://portal.example';

/**
 * The body of a mail, as people read it: Chinese travels as base64 (RFC 2045, section 6.8).
 *
 * @param {string} mail
 */
function decoded(mail) {
  const [head = '', ...body] = mail.split('\n\n');
  const base64 = /^Content-Transfer-Encoding: base64$/im.test(head);
  return base64 ? Buffer.from(body.join(''), 'base64').toString('utf8') : body.join('\n\n').replaceAll('=\n', '');
}

export class MailServer {
  /** @type {{ to: string, text: string }[]} */ #mails = [];
  #server = createServer((socket) => this.#converse(socket));
  url = '';

  static async start() {
    const mail = new MailServer();
    await new Promise((done) => mail.#server.listen(0, '127.0.0.1', () => done(undefined)));
    const address = mail.#server.address();
    if (!address || typeof address === 'string') throw new Error('the mail server has no port');
    mail.url = `smtp://127.0.0.1:${address.port}`;
    // The test may end before it does.
    mail.#server.unref();
    return mail;
  }

  /** @param {import('node:net').Socket} socket */
  #converse(socket) {
    let [rest, to, text] = ['', '', ''];
    let inText = false;
    /** @param {string} line */
    const say = (line) => socket.write(`${line}\r\n`);
    /** @param {string} line */
    const hear = (line) => {
      if (inText) {
        if (line !== '.') return void (text += `${line}\n`);
        inText = false;
        this.#mails.push({ to, text: decoded(text) });
        return say('250 taken');
      }
      const command = line.slice(0, 4).toUpperCase();
      if (command === 'RCPT') to = line.match(/<(.*)>/)?.[1] ?? '';
      if (command === 'DATA') inText = true;
      if (command === 'RCPT' && to.startsWith('nobody@')) return say('550 no such user');
      return say(command === 'DATA' ? '354 go on' : command === 'QUIT' ? '221 bye' : '250 yes');
    };
    socket.setEncoding('utf8').on('error', () => socket.destroy());
    socket.on('data', (/** @type {string} */ data) => {
      const lines = (rest + data).split('\r\n');
      rest = lines.pop() ?? '';
      lines.forEach(hear);
    });
    say('220 here');
  }

  /**
   * Waits for a mail whose link begins so; gives the link without its host.
   *
   * @param {string} to
   * @param {string} path
   */
  async link(to, path) {
    const until = Date.now() + 20_000;
    for (;;) {
      const mail = this.#mails.filter((mail) => mail.to === to && mail.text.includes(`${ORIGIN}${path}`)).at(-1);
      const link = mail?.text.match(new RegExp(`${ORIGIN}(${path}\\S+)`))?.[1];
      if (link) return link;
      if (Date.now() > until) throw new Error(`no mail to ${to} leads to ${path}`);
      await new Promise((next) => setTimeout(next, 50));
    }
  }
}
