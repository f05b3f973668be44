//! A server of our own: the real binary on a free port, with data of its own, gone when we are done.

import { execFileSync, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { database } from './postgres.mjs';

const ROOT = resolve(fileURLToPath(new URL('../..', import.meta.url)));
/** How long it may take to start and to stop, in milliseconds. */
const START = 20_000;
const STOP = 15_000;

/** The binary under test: `$SHOUWANG_BIN`, else the release build, else the debug build. */
function binary() {
  const named = process.env.SHOUWANG_BIN;
  const candidates = named ? [resolve(named)] : ['release', 'debug'].map((profile) => join(ROOT, 'target', profile, 'shouwang'));
  const found = candidates.find((candidate) => existsSync(candidate));
  if (!found) throw new Error(`no binary to test: ${candidates.join(', ')}; make one with \`cargo xtask build --release\``);
  return found;
}

/** The environment without settings of ours: a developer's own must not leak into the test. */
function environment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('SHOUWANG_')));
}

/**
 * @typedef {object} Options
 * @property {string[]} [args] More arguments for `shouwang serve`.
 * @property {number} [room] How large any file of the server may grow, in KiB: a disk that is soon full.
 * @property {string} [name] What its folder is called after.
 */

export class Server {
  /** @type {import('node:child_process').ChildProcess} */ #child;
  /** @type {Promise<void>} */ #ended;
  /** @type {string} */ #folder;
  /** Where its data is, as arguments. @type {string[]} */ #place;
  #kill = () => void this.#child.kill('SIGKILL');

  /**
   * @param {import('node:child_process').ChildProcess} child
   * @param {string} folder
   * @param {string[]} place
   * @param {string} log
   */
  constructor(child, folder, place, log) {
    this.#child = child;
    this.#folder = folder;
    this.#place = place;
    /** Where its standard error goes. */
    this.log = log;
    this.url = '';
    this.#ended = new Promise((done) => {
      child.once('exit', () => done());
      child.once('error', () => done());
    });
    // Also when this process ends without a word.
    process.once('exit', this.#kill);
  }

  get pid() {
    return this.#child.pid;
  }

  /** What it has said on standard error so far. */
  said() {
    return readFileSync(this.log, 'utf8');
  }

  /** @param {Options} [options] */
  static async start({ args = [], room, name = 'server' } = {}) {
    const folder = mkdtempSync(join(tmpdir(), `shouwang-e2e-${name}-`));
    const log = join(folder, 'stderr.log');
    const stderr = openSync(log, 'w');
    // A disk that is soon full is that of the portal's own store: it says nothing of PostgreSQL's.
    const url = room === undefined ? database() : undefined;
    const place = ['--data', join(folder, 'data'), ...(url ? ['--database', url] : [])];
    const command = [binary(), 'serve', '--listen', '127.0.0.1:0', ...place, ...args];
    // A file that may not grow is, to a program, a full disk; the signal that would come first is ignored.
    const limited = room === undefined ? [] : ['sh', '-c', `trap '' XFSZ; ulimit -S -f ${room * 2}; exec "$0" "$@"`];
    const [program = '', ...rest] = [...limited, ...command];
    const child = spawn(program, rest, { env: environment(), stdio: ['ignore', 'pipe', stderr] });
    closeSync(stderr);
    const server = new Server(child, folder, place, log);
    try {
      server.url = await server.#listening();
      await server.#ready();
      return server;
    } catch (error) {
      await server.stop();
      throw new Error(`${command.join(' ')} did not start: ${error}\n${server.said()}`);
    }
  }

  /** The address, from the first line on standard output. */
  #listening() {
    return /** @type {Promise<string>} */ (
      new Promise((found, failed) => {
        const timer = setTimeout(() => failed(new Error('it said nothing')), START);
        let output = '';
        this.#child.stdout?.setEncoding('utf8').on('data', (text) => {
          output += text;
          const [line, more] = output.split('\n', 2);
          if (more === undefined) return;
          clearTimeout(timer);
          const address = line?.match(/^listening on (http:\/\/127\.0\.0\.1:\d+)$/)?.[1];
          address ? found(address) : failed(new Error(`its first line was ${JSON.stringify(line)}`));
        });
        void this.#ended.then(() => {
          clearTimeout(timer);
          failed(new Error(`it ended with ${this.#child.exitCode ?? this.#child.signalCode ?? 'no such program'}`));
        });
      })
    );
  }

  async #ready() {
    const until = Date.now() + START;
    for (;;) {
      const answer = await fetch(`${this.url}/readyz`).catch(() => undefined);
      await answer?.body?.cancel();
      if (answer?.status === 200) return;
      if (Date.now() > until) throw new Error(`/readyz answers ${answer?.status}`);
      await new Promise((next) => setTimeout(next, 20));
    }
  }

  /**
   * Adds somebody to a department, and answers with the address that signs them in once.
   *
   * @param {string} department
   * @param {string} [role]
   */
  invite(department, role = 'handler') {
    const staff = ['staff', 'add', 'Li Wei', '--department', department, '--role', role];
    const printed = execFileSync(binary(), [...staff, ...this.#place, '--origin', this.url], { env: environment(), encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return printed.trim().split('\n').at(-1) ?? '';
  }

  /** The reports that are stored: a line of CSV each, with nothing that is sealed. */
  reports() {
    const command = ['export', 'reports', ...this.#place];
    const csv = execFileSync(binary(), command, { env: environment(), encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return csv.trim().split('\n').slice(1);
  }

  /**
   * Imports reports of two hours ago: by area, what comes in is counted when its hour is over.
   *
   * @param {Record<string, string>[]} reports
   */
  past(reports) {
    const file = join(this.#folder, 'calls.csv');
    const time = new Date(Date.now() - 2 * 3_600_000).toISOString();
    const rows = reports.map(({ category, position = ',' }) => [category, time, ...position.split(',').map((degrees) => degrees.trim())].join(','));
    writeFileSync(file, ['kind,time,lat,lng', ...rows, ''].join('\n'));
    execFileSync(binary(), ['import', file, ...this.#place], { env: environment(), stdio: 'ignore' });
  }

  /** Ends the process and removes its folder. */
  async stop() {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      this.#child.kill('SIGTERM');
      const timer = setTimeout(this.#kill, STOP);
      await this.#ended;
      clearTimeout(timer);
    }
    process.off('exit', this.#kill);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
