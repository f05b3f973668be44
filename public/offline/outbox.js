// The page of what waits on this phone: every item with its state and a plain reason, to be sent now, mended, deleted, taken along.
(() => {
  const texts = JSON.parse(document.getElementById('texts').textContent);
  const handed = JSON.parse(document.getElementById('kept')?.textContent ?? '{}');
  const query = new URLSearchParams(location.search);
  const tag = document.documentElement.lang;
  const at = (id) => document.getElementById(id);
  // How large a photo may be, in bytes, and how many a report may have: as the server takes them.
  const { most_bytes: MOST_BYTES, most_photos: MOST_PHOTOS } = texts.limits;
  // What was deleted here can be brought back until the page is left.
  const deleted = new Map();
  // The photos that are being blacked out, with what stands on the page for each.
  const covering = new Map();
  // How long they are not sent meanwhile, in milliseconds.
  const HOLD = 600_000;
  let unsaved = handed.unsaved;
  let timer;

  const say = (text) => (at('said').textContent = text ?? '');
  const time = (millis) => new Date(millis).toLocaleString(tag, { dateStyle: 'medium', timeStyle: 'short' });
  const megabytes = (bytes) => (bytes / 1_000_000).toLocaleString(tag, { maximumFractionDigits: 1 });
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
  const of = (item, name) => item.fields?.find(([field]) => field === name)?.[1] ?? '';
  const copy = (name) => at(name).content.firstElementChild.cloneNode(true);
  const part = (element, name) => element.querySelector(`[data-part=${name}]`);

  function write(element, name, text) {
    const place = part(element, name);
    place.textContent = text ?? '';
    place.hidden = !text;
  }

  // The state, and why it is not further.
  function reasons({ why }) {
    if (!why) return [];
    if (why.missing) return why.missing.map((name) => texts.missing[name]);
    return [texts.reasons[why.code], ...(why.sentences ?? [])].filter(Boolean);
  }

  function card(item, photos) {
    const element = copy('item');
    const saved = item !== unsaved;
    write(element, 'title', texts.categories[of(item, 'category')] ?? texts.report);
    write(element, 'when', filled(texts.typed, { time: time(item.added) }));
    write(element, 'words', [of(item, 'address'), of(item, 'what')].filter(Boolean).join(' · ').slice(0, 200));
    write(element, 'state', saved ? texts.states[item.state] : texts.states.unsaved);
    const why = saved ? reasons(item) : [texts.reasons.full];
    part(element, 'why').replaceChildren(...why.map((text) => Object.assign(document.createElement('li'), { textContent: text })));
    part(element, 'photos').replaceChildren(...photos.map((photo) => photoLine(photo)));
    const edit = element.querySelector('[data-do=edit]');
    edit.href = `/report?edit=${item.id}`;
    edit.hidden = !saved;
    const send = element.querySelector('[data-do=send]');
    send.hidden = saved && !sending.waits(item);
    if (!saved) send.textContent = texts.again;
    send.addEventListener('click', () => (saved ? sendNow() : keepUnsaved()));
    element.querySelector('[data-do=delete]').addEventListener('click', () => remove(item, photos));
    const add = element.querySelector('[data-do=photo]');
    add.closest('label').hidden = !saved || photos.length >= MOST_PHOTOS;
    add.addEventListener('change', () => addPhotos(item, photos.length, [...add.files]));
    element.id = `item-${item.id}`;
    element.dataset.state = saved ? item.state : 'unsaved';
    return element;
  }

  function photoLine(photo) {
    const line = copy('photo');
    write(line, 'name', filled(texts.photo, { name: photo.name, size: megabytes(photo.blob.size) }));
    write(line, 'why', photo.state === 'needs-you' ? reasons(photo).join(' ') : undefined);
    line.querySelector('[data-do=delete]').addEventListener('click', () => remove(photo, []));
    const cover = line.querySelector('[data-do=cover]');
    cover.hidden = covering.has(photo.id);
    cover.addEventListener('click', () => void coverUp(photo));
    line.append(...(covering.get(photo.id) ?? []));
    return line;
  }

  // Where nobody should look: drawn over here, and kept so.
  async function coverUp(photo) {
    try {
      await rows.change(photo.id, { hold: Date.now() + HOLD });
      const drawing = { canvas: await pictures.drawn(photo.blob), boxes: [] };
      const done = pictures.button(texts.done, async () => {
        covering.delete(photo.id);
        try {
          await rows.change(photo.id, { ...(drawing.boxes.length > 0 && (await packed(drawing, photo.name))), hold: 0 });
        } catch {
          say(texts.reasons.full);
        }
        await show();
      });
      const label = filled(texts.preview, { name: photo.name });
      covering.set(photo.id, pictures.editor(drawing, { ...texts, label }, [done], () => {}));
    } catch {
      await rows.change(photo.id, { hold: 0 }).catch(() => {});
      say(texts.undrawable);
    }
    await show();
  }

  // A report that we have; also one that photos were kept for from its own page, of which only the link is known here.
  function receiptLine(receipt, photos) {
    const line = copy('receipt');
    write(line, 'title', texts.categories[receipt.category] ?? texts.report);
    write(line, 'reference', receipt.reference);
    write(line, 'when', receipt.received ? filled(texts.received, { time: time(receipt.received) }) : undefined);
    part(line, 'photos').replaceChildren(...photos.map((photo) => photoLine(photo)));
    line.querySelector('[data-do=follow]').href = `/track/${receipt.secret}`;
    const check = line.querySelector('[data-do=check]');
    check.hidden = !receipt.statement;
    check.href = `/receipt/verify#${encodeURIComponent(receipt.statement ?? '')}`;
    const forget = line.querySelector('[data-do=forget]');
    forget.hidden = !receipt.received;
    forget.addEventListener('click', async () => {
      await rows.forget(receipt.key);
      undoable([], [receipt]);
    });
    return line;
  }

  // One after another; what changes meanwhile is shown right after.
  let showing;
  let stale = false;
  function show() {
    stale = showing !== undefined;
    showing ??= showOnce().finally(() => ((showing = undefined), stale && show()));
    return showing;
  }

  async function showOnce() {
    let [items, receipts] = [[], []];
    try {
      [items, receipts] = await Promise.all([rows.items(), rows.receipts()]);
    } catch {
      say(texts.reasons.nothing);
    }
    const of = (key) => items.filter((item) => item.of === key);
    const reports = items.filter((item) => item.kind === 'report');
    if (unsaved) reports.unshift(unsaved);
    const focused = document.activeElement?.closest('[id^=item-]')?.id;
    at('items').replaceChildren(...reports.map((item) => card(item, of(item.id))));
    const known = new Set(receipts.map(({ secret }) => secret));
    const apart = [...new Set(items.map(({ secret }) => secret))].filter((secret) => secret && !known.has(secret));
    const sent = (secret) => items.filter((item) => item.secret === secret);
    at('receipts').replaceChildren(
      ...apart.map((secret) => receiptLine({ secret }, sent(secret))),
      ...receipts.map((receipt) => receiptLine(receipt, [...of(receipt.key), ...sent(receipt.secret)])),
    );
    const waiting = reports.length > 0 || items.length > 0;
    at('calls').hidden = reports.length === 0;
    at('empty').hidden = waiting;
    at('all').hidden = !items.some(sending.waits);
    at('had').hidden = receipts.length === 0 && apart.length === 0;
    at('export').hidden = !waiting && receipts.length === 0;
    if (focused) at(focused)?.querySelector('button, a')?.focus();
    await showRoom();
    clearTimeout(timer);
    const next = Math.min(...items.filter(sending.waits).map((item) => item.next));
    if (Number.isFinite(next)) timer = setTimeout(() => void sending.send().catch(() => {}), Math.max(1_000, next - Date.now()));
  }

  async function showRoom() {
    const { usage = 0, quota = 0 } = (await navigator.storage?.estimate?.()) ?? {};
    const safe = await navigator.storage?.persisted?.();
    at('room').textContent = quota > 0 ? filled(texts.room, { used: megabytes(usage), free: megabytes(Math.max(0, quota - usage)) }) : '';
    at('safe').textContent = safe === undefined ? '' : safe ? texts.safe : texts.unsafe;
    at('ask-safe').hidden = safe !== false;
  }

  async function sendNow() {
    say(texts.sending);
    const code = await sending.send(true).catch(() => 'offline');
    const left = (await rows.items()).filter(sending.waits).length;
    say(code ? texts.reasons[code] : left > 0 ? texts.left : texts.sent);
  }

  async function keepUnsaved() {
    try {
      await rows.put(unsaved);
      unsaved = undefined;
      say(texts.states.sealed);
      await show();
    } catch {
      say(texts.reasons.full);
    }
  }

  async function remove(item, photos) {
    if (item === unsaved) unsaved = undefined;
    else await rows.remove(item.id);
    undoable([item, ...photos], []);
    await show();
  }

  function undoable(items, receipts) {
    const line = copy('undo');
    const id = crypto.randomUUID();
    deleted.set(id, { items, receipts });
    line.querySelector('button').addEventListener('click', async () => {
      const back = deleted.get(id);
      deleted.delete(id);
      line.remove();
      await rows.add(back.items, back.receipts).catch(() => say(texts.reasons.full));
      await show();
    });
    at('undo-list').replaceChildren(line);
    line.querySelector('button').focus();
  }

  const fingerprinted = async (blob) => ({ blob, sha256: await pictures.hashed(blob) });

  const packed = async (drawing, name) => fingerprinted(await pictures.packed(drawing, name));

  // Drawn anew at once, so that nothing else of the file is kept here; what cannot be drawn is for the server to judge.
  async function small(file) {
    const canvas = await pictures.drawn(file).catch(() => undefined);
    return canvas ? packed({ canvas, boxes: [] }, file.name) : fingerprinted(file);
  }

  async function addPhotos(item, has, files) {
    const refused = [];
    for (const file of files.slice(0, Math.max(0, MOST_PHOTOS - has))) {
      try {
        const photo = await small(file);
        const { usage = 0, quota = Infinity } = (await navigator.storage?.estimate?.()) ?? {};
        if (photo.blob.size > MOST_BYTES) refused.push(filled(texts.large, { name: file.name, most: megabytes(MOST_BYTES) }));
        else if (photo.blob.size > quota - usage) refused.push(texts.reasons.full);
        else await rows.put({ ...photo, id: crypto.randomUUID(), kind: 'photo', of: item.id, name: file.name, state: 'sealed', tries: 0, next: 0, why: null, added: Date.now() });
      } catch {
        refused.push(texts.reasons.full);
      }
    }
    if (files.length > MOST_PHOTOS - has) refused.push(filled(texts.many, { most: MOST_PHOTOS }));
    say([...new Set(refused)].join(' '));
    await show();
  }

  // Everything as one file that any phone with this page can take in.
  const base64 = async (blob) =>
    new Promise((done, failed) => {
      const reader = new FileReader();
      reader.onload = () => done(String(reader.result));
      reader.onerror = () => failed(reader.error);
      reader.readAsDataURL(blob);
    });

  async function take() {
    const items = [...(unsaved ? [unsaved] : []), ...(await rows.items().catch(() => []))];
    for (const item of items) if (item.blob) item.blob = await base64(item.blob);
    const all = { format: 'shouwang-outbox/1', items, receipts: await rows.receipts().catch(() => []) };
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([JSON.stringify(all)], { type: 'application/json' }));
    link.download = `shouwang-${new Date().toISOString().slice(0, 10)}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  // Believes nothing: only what could have been made here gets in.
  const KEY = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  const SECRET = /^[\w-]{43}$/;
  const text = (value) => typeof value === 'string';
  async function read(item) {
    const added = Number.isFinite(item.added) ? item.added : Date.now();
    const fresh = { state: 'sealed', tries: 0, next: 0, why: null };
    if (item.kind === 'report' && KEY.test(item.id) && Array.isArray(item.fields) && item.fields.every((pair) => Array.isArray(pair) && pair.length === 2 && pair.every(text))) {
      const sealed = sending.sealed(item.fields, { added });
      return sealed.id === item.id ? [sealed] : [];
    }
    const whose = SECRET.test(item.secret) ? { secret: item.secret } : KEY.test(item.of) && { of: item.of };
    if (item.kind === 'photo' && text(item.id) && whose && text(item.name) && /^data:image\/[\w.+-]+;base64,/.test(item.blob)) {
      const bytes = Uint8Array.from(atob(item.blob.split(',')[1]), (letter) => letter.charCodeAt(0));
      const photo = await fingerprinted(new Blob([bytes], { type: item.blob.slice(5).split(';')[0] }));
      const place = item.place === true && { place: true, at: Array.isArray(item.at) && item.at.every(Number.isFinite) ? item.at : undefined };
      return [{ ...fresh, ...photo, ...whose, ...place, id: item.id, kind: 'photo', name: item.name, added }];
    }
    return [];
  }

  async function bring(file) {
    try {
      const { format, items, receipts } = JSON.parse(await file.text());
      if (format !== 'shouwang-outbox/1') throw new Error(format);
      const found = (await Promise.all(items.map((item) => read(item).catch(() => [])))).flat();
      const checked = [];
      for (const receipt of receipts) {
        // A report that was joined has a link and nothing that could be checked.
        const { key, secret, category, reference, received, statement } = receipt;
        if (!statement && KEY.test(key) && SECRET.test(secret) && [category, reference].every(text) && Number.isFinite(received)) checked.push({ key, secret, category, reference, received });
        const certified = text(receipt.statement) ? await proof.receipt(receipt.statement) : undefined;
        if (certified && certified.right !== false && certified.key === receipt.key && SECRET.test(receipt.secret)) checked.push({ ...receipt, received: certified.received });
      }
      await rows.add(found, checked);
      const lost = items.length + receipts.length - found.length - checked.length;
      say(filled(lost > 0 ? texts.brought_some : texts.brought, { count: found.length + checked.length, lost }));
    } catch (error) {
      say(error?.name === 'QuotaExceededError' ? texts.reasons.full : texts.unreadable);
    }
    await show();
  }

  at('send-all').addEventListener('click', () => void sendNow());
  at('take').addEventListener('click', () => void take());
  at('bring').addEventListener('change', () => void bring(at('bring').files[0]));
  at('ask-safe').addEventListener('click', async () => {
    await navigator.storage.persist();
    await showRoom();
  });
  rows.news?.addEventListener('message', () => void show());
  addEventListener('rows', () => void show());
  addEventListener('online', () => void sending.send(true).catch(() => {}));
  addEventListener('beforeunload', (event) => unsaved && event.preventDefault());

  at('no-network-page').hidden = !handed.offline;
  at('unsent').hidden = !handed.unsent;
  const kept = query.get('kept');
  const keptNow = at(kept === 'photos' ? 'photos-kept' : 'just-kept');
  keptNow.hidden = !kept;
  const shown = show().catch(() => say(texts.reasons.nothing));
  void shown.then(async () => {
    // All at once: nothing moves under a finger.
    at('outbox').hidden = false;
    if (kept) {
      // Asked for when there is something worth it.
      await navigator.storage?.persist?.().catch(() => false);
      await showRoom();
      keptNow.focus();
    }
    await sending.send().catch(() => {});
  });
})();
