// Photos before they are sent: made smaller (which leaves out all that a file tells beside its picture), and blacked out where nobody should
// look. Without this script the form sends the files as they are, and the server does the rest.
(() => {
  const form = document.getElementById('photo-form');
  const input = document.getElementById('photo');
  const texts = JSON.parse(form.dataset.phrases);
  const SIDE = 2048;
  const STEP = 16;
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');

  const list = document.createElement('ul');
  list.className = 'previews';
  const said = Object.assign(document.createElement('p'), { className: 'said' });
  said.setAttribute('role', 'status');
  let photos = [];

  // Upright as the browser shows it, and no larger than the server would keep it.
  async function drawn(file) {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    const brush = canvas.getContext('2d');
    brush.fillStyle = '#fff';
    brush.fillRect(0, 0, canvas.width, canvas.height);
    brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    return canvas;
  }

  function button(text, act) {
    const made = Object.assign(document.createElement('button'), { type: 'button', className: 'quiet', textContent: text });
    made.addEventListener('click', act);
    return made;
  }

  // A canvas over the picture, on which a rectangle is drawn with a finger, a mouse or the keyboard.
  function preview(photo) {
    const { canvas, file } = photo;
    const shown = document.createElement('canvas');
    [shown.width, shown.height, shown.tabIndex] = [canvas.width, canvas.height, 0];
    shown.setAttribute('role', 'img');
    shown.setAttribute('aria-label', `${filled(texts.preview, { name: file.name })}. ${texts.how}`);
    const brush = shown.getContext('2d');
    let frame;
    let from;

    function show() {
      brush.drawImage(canvas, 0, 0);
      brush.fillStyle = '#000';
      for (const box of photo.boxes) brush.fillRect(...box);
      if (!frame) return;
      const width = Math.max(2, canvas.width / 200);
      brush.lineWidth = width;
      brush.strokeStyle = '#fff';
      brush.strokeRect(...frame);
      brush.strokeStyle = '#000';
      brush.setLineDash([width * 3]);
      brush.strokeRect(...frame);
      brush.setLineDash([]);
    }

    const point = (event) => {
      const edge = shown.getBoundingClientRect();
      return [((event.clientX - edge.left) / edge.width) * canvas.width, ((event.clientY - edge.top) / edge.height) * canvas.height];
    };
    const between = ([left, top], [right, bottom]) => [Math.min(left, right), Math.min(top, bottom), Math.abs(right - left), Math.abs(bottom - top)];
    const blackOut = () => {
      if (frame && frame[2] > 2 && frame[3] > 2) photo.boxes.push(frame);
      frame = undefined;
      undo.hidden = photo.boxes.length === 0;
      show();
    };
    shown.addEventListener('pointerdown', (event) => {
      shown.setPointerCapture(event.pointerId);
      from = point(event);
    });
    shown.addEventListener('pointermove', (event) => {
      if (!from) return;
      frame = between(from, point(event));
      show();
    });
    shown.addEventListener('pointerup', () => ((from = undefined), blackOut()));
    shown.addEventListener('pointercancel', () => ((from = frame = undefined), show()));

    // The frame that the arrows move; Shift and an arrow make it wider or lower.
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    shown.addEventListener('keydown', (event) => {
      const move = moves[event.key];
      if (event.key === 'Enter' && frame) blackOut();
      else if (event.key === 'Escape' && frame) ((frame = undefined), show());
      else if (move) {
        const step = canvas.width / STEP;
        frame ??= [canvas.width / 2 - step, canvas.height / 2 - step, 2 * step, 2 * step];
        const [left, top, width, height] = frame;
        const [right, down] = move.map((way) => way * step);
        frame = event.shiftKey ? [left, top, Math.max(step / 2, width + right), Math.max(step / 2, height + down)] : [left + right, top + down, width, height];
        show();
      } else return;
      event.preventDefault();
    });

    const undo = button(texts.undo, () => (photo.boxes.pop(), (undo.hidden = photo.boxes.length === 0), show()));
    undo.hidden = true;
    const remove = button(texts.remove, () => {
      photos = photos.filter((other) => other !== photo);
      item.remove();
    });
    const item = document.createElement('li');
    const row = Object.assign(document.createElement('div'), { className: 'row' });
    row.append(undo, remove);
    item.append(shown, Object.assign(document.createElement('p'), { className: 'hint', textContent: texts.how }), row);
    show();
    return item;
  }

  input.addEventListener('change', async () => {
    photos = [];
    list.replaceChildren();
    said.textContent = '';
    input.closest('.field').append(list, said);
    for (const file of input.files) {
      const photo = { file, canvas: undefined, boxes: [] };
      photos.push(photo);
      try {
        photo.canvas = await drawn(file);
      } catch {
        // No picture that this browser can read: the server says what is wrong with it.
        continue;
      }
      if (photos.includes(photo)) list.append(preview(photo));
    }
  });

  // The file itself where it is wanted with its place, or could not be drawn; the drawing else.
  async function sent({ file, canvas, boxes }, place) {
    if (!canvas || (place && boxes.length === 0)) return file;
    const brush = canvas.getContext('2d');
    brush.fillStyle = '#000';
    for (const box of boxes) brush.fillRect(...box);
    const jpeg = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.85));
    return jpeg ? new File([jpeg], file.name, { type: 'image/jpeg' }) : file;
  }

  const hashed = async (file) => {
    const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
    return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
  };

  // One after another, each by itself: what has arrived is not sent again.
  form.addEventListener('submit', async (event) => {
    if (photos.length === 0 || !crypto.subtle) return;
    event.preventDefault();
    const send = event.submitter;
    if (send) send.disabled = true;
    const place = form.elements.place?.checked ?? false;
    const refused = new Map();
    try {
      for (const [done, photo] of photos.entries()) {
        said.textContent = filled(texts.sending, { done: done + 1, all: photos.length });
        photo.sent ??= await sent(photo, place);
        photo.hash ??= await hashed(photo.sent);
        const action = form.getAttribute('action');
        // Whether it got there although nobody said so.
        if (photo.tried && (await fetch(`${action}/${photo.hash}`, { method: 'HEAD' })).status === 204) continue;
        photo.tried = true;
        const body = new FormData();
        if (place) body.append('place', 'yes');
        body.append('photo', photo.sent, photo.file.name);
        const answer = await fetch(action, { method: 'POST', body, headers: { Accept: 'application/json' } });
        if (answer.status === 422) refused.set(photo, (await answer.json()).message);
        else if (answer.status !== 201) throw new Error(String(answer.status));
      }
    } catch {
      said.textContent = texts.failed;
      if (send) send.disabled = false;
      return;
    }
    if (refused.size === 0) return void location.assign(`${form.dataset.page}?added=photos`);
    photos = [...refused.keys()];
    said.textContent = [...refused].map(([{ file }, message]) => `${file.name}: ${message}`).join(' ');
    if (send) send.disabled = false;
  });
})();
