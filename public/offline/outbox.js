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
    return line;
  }

  function receiptLine(receipt, photos) {
    const line = copy('receipt');
    write(line, 'title', texts.categories[receipt.category] ?? texts.report);
    write(line, 'reference', receipt.reference);
    write(line, 'when', filled(texts.received, { time: time(receipt.received) }));
    part(line, 'photos').replaceChildren(...photos.map((photo) => photoLine(photo)));
    line.querySelector('[data-do=follow]').href = `/track/${receipt.secret}`;
    line.querySelector('[data-do=check]').href = `/receipt/verify#${encodeURIComponent(receipt.statement)}`;
    line.querySelector('[data-do=forget]').addEventListener('click', async () => {
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
    at('receipts').replaceChildren(...receipts.map((receipt) => receiptLine(receipt, of(receipt.key))));
    const waiting = reports.length > 0 || items.length > 0;
    at('calls').hidden = reports.length === 0;
    at('empty').hidden = waiting;
    at('all').hidden = !items.some(sending.waits);
    at('had').hidden = receipts.length === 0;
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

  async function addPhotos(item, has, files) {
    const refused = [];
    for (const file of files.slice(0, Math.max(0, MOST_PHOTOS - has))) {
      const { usage = 0, quota = Infinity } = (await navigator.storage?.estimate?.()) ?? {};
      if (file.size > MOST_BYTES) refused.push(filled(texts.large, { name: file.name, most: megabytes(MOST_BYTES) }));
      else if (file.size > quota - usage) refused.push(texts.reasons.full);
      else {
        try {
          const bytes = await file.arrayBuffer();
          const sha256 = proof.hex(await crypto.subtle.digest('SHA-256', bytes));
          const blob = new Blob([bytes], { type: file.type });
          await rows.put({ id: crypto.randomUUID(), kind: 'photo', of: item.id, blob, name: file.name, sha256, state: 'sealed', tries: 0, next: 0, why: null, added: Date.now() });
        } catch {
          refused.push(texts.reasons.full);
        }
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
  const text = (value) => typeof value === 'string';
  async function read(item) {
    const added = Number.isFinite(item.added) ? item.added : Date.now();
    const fresh = { state: 'sealed', tries: 0, next: 0, why: null };
    if (item.kind === 'report' && KEY.test(item.id) && Array.isArray(item.fields) && item.fields.every((pair) => Array.isArray(pair) && pair.length === 2 && pair.every(text))) {
      const sealed = sending.sealed(item.fields, { added });
      return sealed.id === item.id ? [sealed] : [];
    }
    if (item.kind === 'photo' && text(item.id) && KEY.test(item.of) && text(item.name) && /^data:image\/[\w.+-]+;base64,/.test(item.blob)) {
      const bytes = Uint8Array.from(atob(item.blob.split(',')[1]), (letter) => letter.charCodeAt(0));
      const sha256 = proof.hex(await crypto.subtle.digest('SHA-256', bytes));
      return [{ ...fresh, id: item.id, kind: 'photo', of: item.of, name: item.name, blob: new Blob([bytes], { type: item.blob.slice(5).split(';')[0] }), sha256, added }];
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
        const certified = text(receipt.statement) ? await proof.receipt(receipt.statement) : undefined;
        if (certified && certified.right !== false && certified.key === receipt.key && /^[\w-]{43}$/.test(receipt.secret)) checked.push({ ...receipt, received: certified.received });
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

  at('outbox').hidden = false;
  at('no-network-page').hidden = !handed.offline;
  const kept = query.get('kept');
  at('just-kept').hidden = !kept;
  void show().then(async () => {
    if (kept) {
      // Asked for when there is something worth it.
      await navigator.storage?.persist?.().catch(() => false);
      await showRoom();
      at('just-kept').focus();
    }
    await sending.send().catch(() => {});
  });
})();
