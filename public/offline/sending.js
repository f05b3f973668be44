// Sending what waits: each item by itself, oldest first, reports before photos. The key of each makes it arrive once, however often it is sent.
const sending = (() => {
  // In milliseconds.
  const PROBE = 5_000;
  const REPORT = 30_000;
  // As long as the server waits for one.
  const PHOTO = 1_800_000;
  const LONGEST = 300_000;
  const FORM = 'application/x-www-form-urlencoded;charset=UTF-8';
  // Between the pages of the form: what is sent from here is a whole report.
  const BETWEEN = ['step', 'asked', 'back', 'language'];

  const waits = (item) => ['sealed', 'sending', 'acknowledged'].includes(item.state);

  /** A new row for a report that was sent without a network; `before` is the row it takes the place of. */
  function sealed(fields, before) {
    const of = (name) => fields.find(([field]) => field === name)?.[1] ?? '';
    // The least that must be there. Everything else only the server can judge.
    const missing = [of('category') === '' && 'category', !['position', 'address', 'unknown'].some((name) => of(name).trim() !== '') && 'place'].filter(Boolean);
    // Whoever chose a report close by joins that one, which is done from the page that shows it.
    const kept = of('join') ? fields : fields.filter(([name]) => !BETWEEN.includes(name));
    const [state, why] = missing.length > 0 ? ['draft', { code: 'incomplete', missing }] : ['sealed', null];
    const item = { id: of('key'), kind: 'report', fields: kept, state, tries: 0, next: 0, why, added: before?.added ?? Date.now() };
    // What it said before may have arrived, although no answer came back.
    if (before?.fields && before.state !== 'draft' && JSON.stringify(before.fields) !== JSON.stringify(kept)) item.before = before.before ?? before.fields;
    return item;
  }

  const later = (item, code, seconds = 0) => {
    const pause = Math.max(seconds * 1000, Math.min(2 ** item.tries * 1000, LONGEST) * (0.75 + Math.random() / 2));
    return rows.change(item.id, { state: item.state === 'acknowledged' ? 'acknowledged' : 'sealed', tries: item.tries + 1, next: Date.now() + pause, why: { code } });
  };

  // Whatever is not the sender's fault is tried again.
  const again = (status) => status >= 500 || status === 408 || status === 429;

  async function refused(item, answer) {
    if (again(answer.status)) return later(item, 'busy', Number(answer.headers.get('Retry-After')) || 0);
    const { error, message, sentences = message ? [message] : [] } = await answer.json().catch(() => ({}));
    return rows.change(item.id, { state: 'needs-you', why: { code: error === 'invalid' || error === 'conflict' ? error : 'refused', sentences } });
  }

  /** Takes the receipt that came for these words, if it is one, or the link to a report that was joined; answers whether it is. */
  async function settled(fields, receipt, next) {
    const of = (name) => fields.find(([field]) => field === name)?.[1] ?? '';
    const joined = of('join') && next?.match(/^\/track\/([\w-]{43})\?joined$/)?.[1];
    if (joined) {
      await rows.settle({ key: of('key'), reference: of('join'), category: of('category'), secret: joined, received: Date.now() });
      return true;
    }
    const certified = receipt && (await proof.receipt(receipt.statement ?? ''));
    if (!certified || certified.right === false || certified.key !== receipt.key || certified.sha256 !== (await proof.hash(fields))) return false;
    await rows.settle({ ...receipt, photos: 0 });
    return true;
  }

  const post = (fields) =>
    proof.ask('/report?sent', { method: 'POST', body: new URLSearchParams(fields), headers: { Accept: 'application/json', 'Content-Type': FORM } }, REPORT);

  // It was changed after it had arrived: then the receipt is of what it said before, and what it says now is somebody's to add to it.
  async function arrivedBefore(item) {
    const answer = await post(item.before);
    const { receipt } = answer.status === 201 ? await answer.json() : {};
    if (!(await settled(item.before, receipt))) return false;
    const id = proof.newKey();
    const fields = item.fields.map(([name, value]) => [name, name === 'key' ? id : value]);
    await rows.put({ ...item, id, fields, before: undefined, state: 'needs-you', why: { code: 'conflict' } });
    return true;
  }

  async function report(item) {
    const answer = await post(item.fields);
    if (answer.status === 409 && item.before && (await arrivedBefore(item))) return;
    if (answer.status !== 201) return refused(item, answer);
    const { next, receipt } = await answer.json();
    if (await settled(item.fields, receipt, next)) return;
    // It says that it has the report; without a receipt we ask again, which changes nothing there.
    await rows.change(item.id, { state: 'acknowledged' });
    return later({ ...item, state: 'acknowledged' }, 'receipt');
  }

  async function photo(item) {
    const secret = item.secret ?? (await rows.receipt(item.of))?.secret;
    // Its report has to be there first.
    if (!secret) return rows.change(item.id, { state: 'sealed' });
    // Whether it got there although nobody said so.
    const there = item.tries > 0 && (await proof.ask(`/photo/${secret}/${item.sha256}`, { method: 'HEAD' }, PROBE)).status === 204;
    if (!there) {
      const body = new FormData();
      if (item.place) body.append('place', 'yes');
      if (item.place && item.at) body.append('at', item.at.join(','));
      body.append('photo', item.blob, item.name);
      const answer = await proof.ask(`/photo/${secret}`, { method: 'POST', body, headers: { Accept: 'application/json' } }, PHOTO);
      if (answer.status !== 201) return refused(item, answer);
    }
    await rows.remove(item.id);
  }

  async function one(item) {
    await rows.change(item.id, { state: item.state === 'acknowledged' ? 'acknowledged' : 'sending' });
    try {
      await (item.kind === 'photo' ? photo : report)(item);
    } catch (error) {
      // We had been reached a moment before: the way is bad, or this item too large for it.
      await later(item, error?.name === 'NotOurs' ? 'not-ours' : 'cut');
    }
  }

  /** Sends what is due; with `all`, also what would wait a little longer. Answers with why nothing went, if nothing could. */
  async function send(all = false) {
    const waiting = (await rows.items()).filter(waits);
    const held = (item) => item.hold > Date.now();
    const due = (item) => !held(item) && (all || item.next <= Date.now());
    if (!waiting.some(due)) return undefined;
    try {
      await proof.ask('/healthz', {}, PROBE);
    } catch (error) {
      const code = error?.name === 'NotOurs' ? 'not-ours' : 'offline';
      for (const item of waiting.filter(due)) await later(item, code);
      return code;
    }
    // What only waited for the network keeps its order.
    const ready = waiting.filter((item) => due(item) || (!held(item) && ['offline', 'not-ours'].includes(item.why?.code)));
    const reportsFirst = ready.sort((one, other) => Number(one.kind === 'photo') - Number(other.kind === 'photo'));
    for (const item of reportsFirst) await one(item);
    return undefined;
  }

  return {
    FORM,
    sealed,
    settled,
    waits,
    /** One at a time, whichever page or worker begins: what is under way elsewhere is waited for by whoever asks for `all`. */
    send: (all) =>
      'locks' in navigator ? navigator.locks.request('shouwang-sending', { ifAvailable: !all }, (lock) => (lock ? send(all) : undefined)) : send(all),
  };
})();
