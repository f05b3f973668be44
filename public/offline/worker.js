// The service worker: pages for when there is no network, and a place for what is sent then. It holds no sentences: every page that it
// shows was made by the server, in both languages. VERSION is a hash of everything that the site is made of, put before this.
const CACHE = `shell-${VERSION}`;
const PAGES = ['/', '/report', '/outbox', '/receipt/verify'];
const LANGUAGES = ['zh-CN', 'en'];
const FILES = ['/icon.svg', '/manifest.webmanifest', ...['rows', 'proof', 'sending', 'picture', 'outbox', 'fill', 'verify'].map((name) => `/offline/${name}.js`)];
// In milliseconds: how long a page may take before the one that is kept is shown, a form may take, and pages may grow old.
const PAGE = 4_000;
const FORM = 20_000;
const OLD = 86_400_000;
const ANY = { ignoreVary: true };

const keptAs = (path, language) => `${path}?lang=${language}`;

// Only what our server answered is kept.
async function keep() {
  const cache = await caches.open(CACHE);
  await proof.learn();
  const pages = PAGES.flatMap((path) => LANGUAGES.map((language) => keptAs(path, language)));
  const assets = new Set(FILES);
  for (const address of pages) {
    const answer = await proof.ask(address, { credentials: 'omit' }, FORM);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    const html = await answer.clone().text();
    for (const [, stem] of html.matchAll(/'(\/pkg\/[\w-]+)\.js'/g)) assets.add(`${stem}.js`).add(`${stem}_bg.wasm`);
    await cache.put(address, answer);
  }
  await cache.addAll([...assets].map((path) => new Request(path, { cache: 'reload' })));
  await rows.remember('kept', Date.now());
}

async function language(url) {
  const asked = LANGUAGES.find((tag) => tag === url.searchParams.get('lang'));
  return asked ?? (await rows.recall('language').catch(() => undefined)) ?? (navigator.language.startsWith('zh') ? 'zh-CN' : 'en');
}

// The page as it was kept, in the reader's language; with data for the script that fills it in.
async function kept(path, url, data) {
  const tag = await language(url);
  const cached = await caches.match(keptAs(path, tag), ANY);
  if (!cached) return undefined;
  const outbox = await caches.match(keptAs('/outbox', tag), ANY).then((page) => page?.text());
  const note = outbox?.match(/<template id="no-network">(.*?)<\/template>/s)?.[1] ?? '';
  // No two forms may have the same key.
  let html = (await cached.text()).replace(/(name="key" value=")[^"]*/, (_, before) => before + proof.newKey());
  if (path !== '/outbox') html = html.replace('<main id="content">', (main) => main + note);
  if (data) {
    const json = JSON.stringify(data).replaceAll('<', '\\u003c');
    const fill = path === '/report' ? '<script src="/offline/fill.js" defer></script>' : '';
    html = html.replace('</body>', () => `<script type="application/json" id="kept">${json}</script>${fill}</body>`);
  }
  // It is neither as long as it was, nor packed.
  const headers = new Headers(cached.headers);
  ['Content-Encoding', 'Content-Length', 'Shouwang-Proof'].forEach((name) => headers.delete(name));
  return new Response(html, { status: 200, headers });
}

async function inTime(asking, patience) {
  let timer;
  const late = new Promise((_, failed) => (timer = setTimeout(failed, patience, new DOMException('', 'TimeoutError'))));
  try {
    return await Promise.race([asking, late]);
  } finally {
    clearTimeout(timer);
  }
}

// The network first: nobody reads an old page while there is a new one.
async function page(event, url) {
  const edited = url.pathname === '/report' && url.searchParams.get('edit');
  const item = edited && (await rows.item(edited).catch(() => undefined));
  if (item) return (await kept('/report', url, { fields: item.fields })) ?? Response.redirect('/outbox', 303);
  // What was just kept is said whatever the network answers: one that wants a log-in would say something else.
  const said = url.pathname === '/outbox' && (url.searchParams.has('kept') || url.searchParams.has('incomplete'));
  const outbox = said && (await kept('/outbox', url));
  if (outbox) return outbox;
  const shell = PAGES.includes(url.pathname);
  const asking = Promise.resolve(event.preloadResponse).then((loaded) => loaded ?? fetch(event.request));
  try {
    const answer = await inTime(asking, shell ? PAGE : FORM);
    const tag = answer.headers.get('Content-Language');
    event.waitUntil(onward(shell && LANGUAGES.includes(tag) ? tag : undefined));
    return answer;
  } catch {
    const instead = shell ? await kept(url.pathname, url) : await kept('/outbox', url, { offline: true });
    return instead ?? asking;
  }
}

// What there is time for once a page came: remembering its language, sending, and keeping younger pages.
async function onward(tag) {
  try {
    if (tag && tag !== (await rows.recall('language'))) await rows.remember('language', tag);
    await sending.send();
    if (Date.now() - ((await rows.recall('kept')) ?? 0) > OLD) await keep();
  } catch {
    // The next page is another chance.
  }
}

// A report goes to the server if that can be reached, and is kept here if not.
async function report(event, url) {
  const body = await event.request.text();
  const fields = [...new URLSearchParams(body)];
  const of = (name) => fields.find(([field]) => field === name)?.[1] ?? '';
  const key = of('key');
  try {
    const headers = { Accept: 'text/html, application/json;q=0.9', 'Content-Type': sending.FORM };
    const answer = await proof.ask(url.href, { method: 'POST', body, headers, credentials: 'same-origin' }, FORM);
    if (answer.status !== 201) return answer;
    const { next, receipt } = await answer.json();
    // What was kept before under this key has arrived with it.
    await sending.settled(fields, receipt, next).catch(() => {});
    return Response.redirect(next, 303);
  } catch {
    // Not reached, or not to the end: it may be there or not. Its key makes it one all the same.
  }
  if (of('language') !== '' || of('back') !== '' || key === '') {
    return (await kept('/report', url, { fields: fields.filter(([name]) => name !== 'language' && name !== 'back') })) ?? Response.error();
  }
  let item;
  try {
    item = sending.sealed(fields, await rows.item(key));
    await rows.put(item);
  } catch {
    // No room, or a browser that keeps nothing: then it must not look as if it were kept.
    return (await kept('/outbox', url, { unsaved: sending.sealed(fields) })) ?? Response.error();
  }
  event.waitUntil(later());
  if (item.state === 'draft') return Response.redirect(`/outbox?incomplete=${key}`, 303);
  return Response.redirect(`/outbox?kept=${key}`, 303);
}

// Whatever else is sent is not kept here: then it must not look as if it had arrived.
async function form(event, url) {
  try {
    return await fetch(event.request);
  } catch (error) {
    return (await kept('/outbox', url, { unsent: true })) ?? Promise.reject(error);
  }
}

// Photos of a report that is there already, from a page that could not send them.
async function photos({ data, ports }) {
  try {
    for (const photo of data.photos) await rows.put({ ...photo, id: crypto.randomUUID(), kind: 'photo', state: 'sealed', tries: 1, next: 0, why: { code: 'offline' }, added: Date.now() });
    ports[0]?.postMessage('kept');
    await later();
  } catch {
    ports[0]?.postMessage('full');
  }
}

// The browser wakes the worker when there is a network, where it knows how to.
const later = () => self.registration.sync?.register('outbox').catch(() => {}) ?? Promise.resolve();

// A name with a hash in it never changes; what has none is asked for first, and taken from us alone: a network that wants a log-in would
// give a page in the place of a script.
async function asset(request, immutable) {
  const cached = await caches.match(request, ANY);
  if (!cached) return fetch(request);
  return immutable ? cached : proof.ask(request.url, {}, PAGE).catch(() => cached);
}

self.addEventListener('install', (event) => event.waitUntil(keep().then(() => self.skipWaiting())));

self.addEventListener('activate', (event) =>
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name);
      await self.registration.navigationPreload?.enable();
      await self.clients.claim();
    })(),
  ),
);

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.mode === 'navigate' && request.method === 'POST' && url.pathname === '/report') event.respondWith(report(event, url));
  else if (request.mode === 'navigate' && request.method === 'POST') event.respondWith(form(event, url));
  else if (request.method !== 'GET') return;
  else if (request.mode === 'navigate') event.respondWith(page(event, url));
  else if (url.pathname.startsWith('/pkg/') || FILES.includes(url.pathname)) event.respondWith(asset(request, url.pathname.startsWith('/pkg/')));
});

// Whatever still waits must fail it: only then does the browser try again.
async function sync() {
  await sending.send(true);
  if ((await rows.items()).some(sending.waits)) throw new DOMException('', 'NetworkError');
}

self.addEventListener('sync', (event) => event.waitUntil(sync()));
self.addEventListener('message', (event) => event.waitUntil(event.data?.photos ? photos(event) : sending.send(true)));
