// What this phone keeps: one row an item, each with a state of its own. Only here is the database spoken to.
//
// A report: { id, kind: 'report', fields, state, tries, next, why, added, before }; `before` are the fields as they may have arrived before
// they were changed. A photo: { id, kind: 'photo', of, blob, name, sha256, hold, … }, or with `secret` and `at` in place of `of`, when its
// report had arrived already; it is not sent before `hold`. States: draft → sealed → sending → acknowledged, then the row gives way to its
// receipt; or needs-you. `why` is { code, sentences }. A receipt without a statement is of a report that was joined.
const rows = (() => {
  const news = 'BroadcastChannel' in self ? new BroadcastChannel('shouwang') : undefined;
  let opened;

  // A channel tells everybody but whoever speaks.
  function changed() {
    news?.postMessage('changed');
    self.dispatchEvent(new Event('rows'));
  }

  const settled = (request) =>
    new Promise((done, failed) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });

  function open() {
    opened ??= new Promise((done, failed) => {
      const request = indexedDB.open('shouwang', 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore('items', { keyPath: 'id' });
        request.result.createObjectStore('receipts', { keyPath: 'key' });
        request.result.createObjectStore('meta', { keyPath: 'name' });
      };
      request.onsuccess = () => {
        // Another version of ours wants to change the shape: it must not wait for us.
        request.result.onversionchange = () => (request.result.close(), (opened = undefined));
        done(request.result);
      };
      request.onerror = () => failed(request.error);
    }).catch((error) => ((opened = undefined), Promise.reject(error)));
    return opened;
  }

  // Reads, or changes everything or nothing. It is on the disk when this comes back, as far as a browser can say.
  async function within(stores, mode, work) {
    const transaction = (await open()).transaction(stores, mode, { durability: 'strict' });
    const ended = new Promise((done, failed) => {
      transaction.oncomplete = () => done();
      transaction.onabort = () => failed(transaction.error ?? new DOMException('', 'AbortError'));
    });
    // It is looked at below; an abort before that must not pass for nobody's.
    ended.catch(() => {});
    const result = await work(...stores.map((store) => transaction.objectStore(store)));
    await ended;
    if (mode === 'readwrite') changed();
    return result;
  }

  const oldestFirst = (one, other) => one.added - other.added || (one.id < other.id ? -1 : 1);

  return {
    news,
    items: async () => (await within(['items'], 'readonly', (items) => settled(items.getAll()))).sort(oldestFirst),
    item: (id) => within(['items'], 'readonly', (items) => settled(items.get(id))),
    put: (item) => within(['items'], 'readwrite', (items) => settled(items.put(item))),
    /** Changes a row, unless it is gone: what was deleted meanwhile stays deleted. */
    change: (id, change) =>
      within(['items'], 'readwrite', async (items) => {
        const item = await settled(items.get(id));
        if (item) await settled(items.put({ ...item, ...change }));
      }),
    /** Removes a report with its photos, or a photo. */
    remove: (id) =>
      within(['items'], 'readwrite', async (items) => {
        for (const item of await settled(items.getAll())) if (item.id === id || item.of === id) items.delete(item.id);
      }),
    /** The report gives way to its receipt. */
    settle: (receipt) =>
      within(['items', 'receipts'], 'readwrite', (items, receipts) => {
        items.delete(receipt.key);
        return settled(receipts.put(receipt));
      }),
    receipts: async () => (await within(['receipts'], 'readonly', (receipts) => settled(receipts.getAll()))).sort((one, other) => other.received - one.received),
    receipt: (key) => within(['receipts'], 'readonly', (receipts) => settled(receipts.get(key))),
    forget: (key) => within(['receipts'], 'readwrite', (receipts) => settled(receipts.delete(key))),
    /** Adds what another phone kept; what is here already stays as it is. */
    add: (moreItems, moreReceipts) =>
      within(['items', 'receipts'], 'readwrite', async (items, receipts) => {
        for (const item of moreItems) if (!(await settled(items.get(item.id))) && !(await settled(receipts.get(item.id)))) items.put(item);
        for (const receipt of moreReceipts) if (!(await settled(receipts.get(receipt.key)))) receipts.put(receipt);
      }),
    recall: async (name) => (await within(['meta'], 'readonly', (meta) => settled(meta.get(name))))?.value,
    remember: (name, value) => within(['meta'], 'readwrite', (meta) => settled(meta.put({ name, value }))),
  };
})();
