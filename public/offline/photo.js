// Photos before they are sent: made smaller and blacked out by `pictures`. Without this script the form sends the files as they are, and
// the server does the rest.
(() => {
  const form = document.getElementById('photo-form');
  const input = document.getElementById('photo');
  const texts = JSON.parse(form.dataset.phrases);
  const tells = form.elements.place;
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');

  const list = document.createElement('ul');
  list.className = 'previews';
  const said = Object.assign(document.createElement('p'), { className: 'said' });
  said.setAttribute('role', 'status');
  let photos = [];
  let ready;

  // Where a photo was taken is said before anybody agrees to tell it.
  function preview(photo) {
    const item = document.createElement('li');
    const remove = pictures.button(texts.remove, () => {
      photos = photos.filter((other) => other !== photo);
      item.remove();
    });
    const label = filled(texts.preview, { name: photo.file.name });
    // Something else is sent now than what was packed before.
    item.append(...pictures.editor(photo, { ...texts, label }, [remove], () => ((photo.sent = undefined), (photo.arrived = false))));
    if (photo.at && tells) {
      const place = photo.at.map((degrees) => degrees.toFixed(5)).join(', ');
      item.append(Object.assign(document.createElement('p'), { className: 'hint', textContent: filled(texts.taken, { place }) }));
    }
    return item;
  }

  // Other photos may be chosen while these are being drawn.
  async function draw(chosen) {
    for (const photo of chosen) {
      try {
        [photo.canvas, photo.at] = await Promise.all([pictures.drawn(photo.file), pictures.taken(photo.file)]);
      } catch {
        // No picture that this browser can read: the server says what is wrong with it.
        continue;
      }
      if (photos.includes(photo)) list.append(preview(photo));
    }
  }

  input.addEventListener('change', () => {
    photos = [...input.files].map((file) => ({ file, canvas: undefined, at: undefined, boxes: [], sent: undefined }));
    list.replaceChildren();
    said.textContent = '';
    input.closest('.field').append(list, said);
    ready = draw(photos);
  });

  // What is sent of a photo: the drawing, or the file where that could not be drawn.
  async function pack(photo) {
    const file = photo.canvas ? await pictures.packed(photo, photo.file.name) : photo.file;
    return { file, hash: await pictures.hashed(file), tried: false };
  }

  // What did not get through waits on the phone, where it can; else it is still here.
  async function keep(tell) {
    said.textContent = texts.failed;
    const worker = navigator.serviceWorker?.controller;
    if (!worker || photos.some(({ sent }) => !sent)) return;
    const secret = form.getAttribute('action').split('/').pop();
    const waiting = photos.filter(({ arrived }) => !arrived);
    const rows = waiting.map(({ file, sent, at }) => ({ secret, name: file.name, blob: sent.file, sha256: sent.hash, place: tell, at }));
    const { port1, port2 } = new MessageChannel();
    const answer = new Promise((done) => (port1.onmessage = ({ data }) => done(data)));
    worker.postMessage({ photos: rows }, [port2]);
    if ((await answer) === 'kept') location.assign('/outbox?kept=photos');
  }

  // One after another, each by itself: what has arrived is not sent again.
  form.addEventListener('submit', async (event) => {
    if (photos.length === 0 || !crypto.subtle) return;
    event.preventDefault();
    const send = event.submitter;
    if (send) send.disabled = true;
    const tell = tells?.checked ?? false;
    const refused = new Map();
    list.inert = true;
    try {
      await ready;
      const all = [...photos];
      // All of them first: what is packed can be kept.
      for (const photo of all) photo.sent ??= await pack(photo);
      for (const [done, photo] of all.entries()) {
        said.textContent = filled(texts.sending, { done: done + 1, all: all.length });
        const { sent } = photo;
        const action = form.getAttribute('action');
        // Whether it got there although nobody said so.
        photo.arrived ||= sent.tried && (await fetch(`${action}/${sent.hash}`, { method: 'HEAD' })).status === 204;
        if (photo.arrived) continue;
        sent.tried = true;
        const body = new FormData();
        if (tell) body.append('place', 'yes');
        // The drawing does not hold it any more.
        if (tell && photo.at) body.append('at', photo.at.join(','));
        body.append('photo', sent.file, photo.file.name);
        const answer = await fetch(action, { method: 'POST', body, headers: { Accept: 'application/json' } });
        if (answer.status === 422) refused.set(photo, (await answer.json()).message);
        else if (answer.status !== 201) throw new Error(String(answer.status));
        else photo.arrived = true;
      }
    } catch {
      await keep(tell);
      return;
    } finally {
      list.inert = false;
      if (send) send.disabled = false;
    }
    if (refused.size === 0) return void location.assign(`${form.dataset.page}?added=photos`);
    photos = [...refused.keys()];
    said.textContent = [...refused].map(([{ file }, message]) => `${file.name}: ${message}`).join(' ');
  });
})();
