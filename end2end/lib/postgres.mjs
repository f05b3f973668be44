//! A PostgreSQL of our own for the run, where `E2E_STORE=postgres` asks for one: Playwright's global set-up starts it, every server of the
//! run gets a database of its own in it, and the set-up's own ending stops it.

import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const INSTALLED = '/usr/lib/postgresql';
/** How long it may take to start, in milliseconds. */
const START = 20_000;

/** The programs of the newest version that is installed. */
function programs() {
  const versions = existsSync(INSTALLED) ? readdirSync(INSTALLED).map(Number).filter(Boolean) : [];
  const folders = versions.sort((one, other) => other - one).map((version) => join(INSTALLED, String(version), 'bin'));
  const found = folders.find((folder) => existsSync(join(folder, 'initdb')));
  if (!found) throw new Error(`no PostgreSQL below ${INSTALLED}; install it with \`apt-get install postgresql\``);
  return found;
}

/** Whom PostgreSQL runs as in place of root, which it refuses. */
function unprivileged() {
  if (process.getuid?.() !== 0) return {};
  const line = readFileSync('/etc/passwd', 'utf8').split('\n').find((user) => user.startsWith('postgres:'));
  if (!line) throw new Error('root needs a user postgres to start PostgreSQL');
  const [, , uid, gid] = line.split(':').map(Number);
  return { uid, gid };
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => found(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** For Playwright: starts it, tells the workers where it is, and answers with what ends it. */
export default async function start() {
  if (process.env.E2E_STORE !== 'postgres') return undefined;
  const [bin, user, port] = [programs(), unprivileged(), await freePort()];
  const folder = mkdtempSync(join(tmpdir(), 'shouwang-e2e-postgres-'));
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const how = ['--no-sync', '--auth=trust', '--username=postgres', '--encoding=UTF8', '--locale=C.UTF-8'];
  execFileSync(join(bin, 'initdb'), [...how, '-D', data], { ...user, cwd: folder, stdio: 'ignore' });
  const settings = ['listen_addresses=127.0.0.1', 'max_connections=300', 'fsync=off'].flatMap((setting) => ['-c', setting]);
  const child = spawn(join(bin, 'postgres'), ['-D', data, '-p', String(port), '-k', folder, ...settings], { ...user, cwd: folder, stdio: 'ignore' });
  const ended = new Promise((done) => child.once('exit', done));
  const kill = () => void child.kill('SIGQUIT');
  process.once('exit', kill);
  const until = Date.now() + START;
  // The server's own sign, the one that pg_ctl waits for: the last line of its pid file.
  const status = join(data, 'postmaster.pid');
  while (!existsSync(status) || readFileSync(status, 'utf8').trim().split('\n').at(-1)?.trim() !== 'ready') {
    if (Date.now() > until || child.exitCode !== null) throw new Error('PostgreSQL does not start');
    await new Promise((next) => setTimeout(next, 20));
  }
  process.env.E2E_POSTGRES = `postgres://postgres@127.0.0.1:${port}`;
  return async () => {
    process.off('exit', kill);
    kill();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
}

/**
 * A database for one server, empty; `undefined` where the run is on SQLite.
 *
 * @returns {string | undefined}
 */
export function database() {
  const server = process.env.E2E_POSTGRES;
  if (!server) return undefined;
  const name = `portal_${randomBytes(8).toString('hex')}`;
  execFileSync(join(programs(), 'psql'), ['--no-psqlrc', '--quiet', '--command', `CREATE DATABASE ${name}`, `${server}/postgres`], { stdio: 'ignore' });
  return `${server}/${name}`;
}
