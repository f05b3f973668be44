// Whether it was our server that answered, and whether a receipt is ours: Ed25519 (RFC 8032), with the keys that the server publishes.
const proof = (() => {
  const KEYS = '/.well-known/shouwang-keys.json';
  const utf8 = new TextEncoder();

  const bytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
  const base64url = (data) => btoa(String.fromCharCode(...data)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  const hex = (data) => Array.from(new Uint8Array(data), (byte) => byte.toString(16).padStart(2, '0')).join('');

  /** A UUID of version 7 (RFC 9562, section 5.7). */
  function newKey() {
    const random = crypto.getRandomValues(new Uint8Array(16));
    new DataView(random.buffer).setUint32(0, Math.floor(Date.now() / 0x10000));
    new DataView(random.buffer).setUint16(4, Date.now() % 0x10000);
    random[6] = (random[6] & 0x0f) | 0x70;
    random[8] = (random[8] & 0x3f) | 0x80;
    return hex(random).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  }

  // undefined: this browser cannot say.
  async function signedBy(x, words, signature) {
    let key;
    try {
      key = await crypto.subtle.importKey('raw', bytes(x), { name: 'Ed25519' }, false, ['verify']);
    } catch {
      return undefined;
    }
    try {
      return await crypto.subtle.verify({ name: 'Ed25519' }, key, bytes(signature), utf8.encode(words));
    } catch {
      return false;
    }
  }

  // Every key that was ever seen here: an old receipt stays true after the server got a new one.
  async function learn() {
    const { keys } = await (await fetch(KEYS, { cache: 'no-store', credentials: 'omit' })).json();
    const known = (await rows.recall('keys')) ?? [];
    const fresh = keys.filter((key) => key.crv === 'Ed25519' && !known.includes(key.x)).map((key) => key.x);
    if (fresh.length > 0) await rows.remember('keys', [...known, ...fresh]);
    return fresh;
  }

  async function signed(words, signature, keys) {
    for (const x of keys) {
      const right = await signedBy(x, words, signature);
      if (right !== false) return right;
    }
    return false;
  }

  // With keys that we have; when none of them fits, with those that the server has now.
  async function ours(words, signature) {
    const known = (await rows.recall('keys')) ?? [];
    const right = await signed(words, signature, known);
    if (right !== false) return right;
    return signed(words, signature, await learn().catch(() => []));
  }

  /** Fetches, and throws unless our server answered within the time, in milliseconds. A network that asks for a log-in first answers too. */
  async function ask(address, options, patience) {
    const nonce = base64url(crypto.getRandomValues(new Uint8Array(18)));
    const ends = new AbortController();
    const timer = setTimeout(() => ends.abort(), patience);
    try {
      const headers = { ...options.headers, 'Shouwang-Nonce': nonce };
      const answer = await fetch(address, { redirect: 'manual', cache: 'no-store', ...options, headers, signal: ends.signal });
      const signature = answer.headers.get('Shouwang-Proof');
      // Where the browser knows no Ed25519 the header alone must do: no network writes it by chance.
      if (!signature || (await ours(`shouwang-probe/1 ${nonce}`, signature)) === false) throw new DOMException('', 'NotOurs');
      return answer;
    } finally {
      clearTimeout(timer);
    }
  }

  const asked = (code) => `answers[${code}][]`;

  /** The SHA-256 of a report in canonical form, as the server makes it: every text behind its length. */
  async function hash(fields) {
    const of = (name) => fields.filter(([field]) => field === name).map(([, value]) => value);
    const answers = new Set(fields.map(([name]) => name.match(/^answers\[(.+)\]\[\]$/)?.[1]).filter(Boolean));
    const first = (names) => names.map((name) => of(name)[0] ?? '');
    const told = first(['category', 'danger', 'position', 'accuracy', 'address', 'unknown', 'people', 'what', 'contact']);
    const site = first(['name', 'site', 'hazard', 'substance', 'places']);
    const texts = site.some(Boolean) ? ['report/2', ...told, ...site] : ['report/1', ...told];
    for (const code of [...answers].sort()) {
      const given = of(asked(code)).filter((value) => value.trim() !== '');
      if (given.length > 0) texts.push(code, String(given.length), ...given);
    }
    const parts = texts.map((text) => utf8.encode(text));
    const all = new Uint8Array(parts.reduce((length, part) => length + 8 + part.length, 0));
    let place = 0;
    for (const part of parts) {
      new DataView(all.buffer).setUint32(place + 4, part.length);
      all.set(part, place + 8);
      place += 8 + part.length;
    }
    return hex(await crypto.subtle.digest('SHA-256', all));
  }

  /** What a receipt certifies: { key, sha256, received, right }. `right` is undefined where the browser cannot say; nothing when it is no receipt. */
  async function receipt(statement) {
    const line = statement.trim().split(/\s+/).join(' ');
    const found = line.match(/^(shouwang-receipt\/1 key=([0-9a-f-]{36}) sha256=([0-9a-f]{64}) received=(\d{1,15})) ([\w-]{86})$/);
    if (!found) return undefined;
    const [, words, key, sha256, received, signature] = found;
    return { key, sha256, received: Number(received), right: await ours(words, signature) };
  }

  return { ask, learn, hash, hex, newKey, receipt };
})();
