// Pictures on the phone: drawn anew, which makes them smaller and leaves out all that a file tells beside its picture, and blacked out where
// nobody should look.
const pictures = (() => {
  const SIDE = 2048;
  const STEP = 16;

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

  function show(brush, canvas, boxes) {
    brush.drawImage(canvas, 0, 0);
    brush.fillStyle = '#000';
    for (const box of boxes) brush.fillRect(...box);
  }

  // The picture as it is sent. Throws rather than give away what is under a box.
  async function packed({ canvas, boxes }, name) {
    const paper = document.createElement('canvas');
    [paper.width, paper.height] = [canvas.width, canvas.height];
    show(paper.getContext('2d'), canvas, boxes);
    const jpeg = await new Promise((done) => paper.toBlob(done, 'image/jpeg', 0.85));
    if (!jpeg) throw new DOMException('', 'EncodingError');
    return new File([jpeg], name, { type: 'image/jpeg' });
  }

  function button(text, act) {
    const made = Object.assign(document.createElement('button'), { type: 'button', className: 'quiet', textContent: text });
    made.addEventListener('click', act);
    return made;
  }

  // A canvas over the picture, on which boxes are drawn with a finger, a mouse or the keyboard, and under it how, and a row of buttons.
  // `changed` is told after every box that came or went.
  function editor({ canvas, boxes }, { label, how, undo: undoText }, buttons, changed) {
    const shown = document.createElement('canvas');
    [shown.width, shown.height, shown.tabIndex] = [canvas.width, canvas.height, 0];
    shown.setAttribute('role', 'img');
    shown.setAttribute('aria-label', `${label}. ${how}`);
    const brush = shown.getContext('2d');
    let frame;
    let from;

    function draw() {
      show(brush, canvas, boxes);
      undo.hidden = boxes.length === 0;
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
      const box = frame;
      frame = undefined;
      if (box && box[2] > 2 && box[3] > 2) {
        boxes.push(box);
        changed();
      }
      draw();
    };
    shown.addEventListener('pointerdown', (event) => {
      shown.setPointerCapture(event.pointerId);
      from = point(event);
    });
    shown.addEventListener('pointermove', (event) => {
      if (!from) return;
      frame = between(from, point(event));
      draw();
    });
    shown.addEventListener('pointerup', () => ((from = undefined), blackOut()));
    shown.addEventListener('pointercancel', () => ((from = frame = undefined), draw()));

    // The frame that the arrows move; Shift and an arrow make it wider or lower.
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    shown.addEventListener('keydown', (event) => {
      const move = moves[event.key];
      if (event.key === 'Enter' && frame) blackOut();
      else if (event.key === 'Escape' && frame) ((frame = undefined), draw());
      else if (move) {
        const step = canvas.width / STEP;
        frame ??= [canvas.width / 2 - step, canvas.height / 2 - step, 2 * step, 2 * step];
        const [left, top, width, height] = frame;
        const [right, down] = move.map((way) => way * step);
        frame = event.shiftKey ? [left, top, Math.max(step / 2, width + right), Math.max(step / 2, height + down)] : [left + right, top + down, width, height];
        draw();
      } else return;
      event.preventDefault();
    });

    const undo = button(undoText, () => {
      boxes.pop();
      changed();
      draw();
    });
    const row = Object.assign(document.createElement('div'), { className: 'row' });
    row.append(undo, ...buttons);
    draw();
    return [shown, Object.assign(document.createElement('p'), { className: 'hint', textContent: how }), row];
  }

  const text = (view, at, length) => String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + at, length));

  // Where the segment begins that a camera writes about itself (Exif 2.32, section 4.7.2).
  function exif(view) {
    if (view.getUint16(0) !== 0xffd8) return undefined;
    let at = 2;
    while (view.getUint8(at) === 0xff && view.getUint8(at + 1) !== 0xda) {
      const length = view.getUint16(at + 2);
      if (view.getUint8(at + 1) === 0xe1 && text(view, at + 4, 6) === 'Exif\0\0') return new DataView(view.buffer, view.byteOffset + at + 10, length - 8);
      at += 2 + length;
    }
    return undefined;
  }

  // Degrees, minutes and seconds, each a fraction (Exif 2.32, section 4.6.6).
  function place(tiff) {
    const little = text(tiff, 0, 2) === 'II';
    const long = (at) => tiff.getUint32(at, little);
    const entries = (at) => {
      const count = tiff.getUint16(at, little);
      return new Map(Array.from({ length: count }, (_, number) => [tiff.getUint16(at + 2 + number * 12, little), at + 2 + number * 12]));
    };
    const gps = entries(long(4)).get(0x8825);
    if (gps === undefined) return undefined;
    const of = entries(long(gps + 8));
    const degrees = (reference, tag, negative) => {
      const at = long(of.get(tag) + 8);
      const [whole, minutes, seconds] = [0, 8, 16].map((next) => long(at + next) / long(at + next + 4));
      return (whole + minutes / 60 + seconds / 3600) * (text(tiff, of.get(reference) + 8, 1) === negative ? -1 : 1);
    };
    const [latitude, longitude] = [degrees(1, 2, 'S'), degrees(3, 4, 'W')];
    const known = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 && (latitude !== 0 || longitude !== 0);
    return known ? [latitude, longitude] : undefined;
  }

  // Where a photo says that it was taken: latitude and longitude in degrees. Nothing, when it does not say, or says it in some other way.
  async function taken(file) {
    try {
      const head = new DataView(await file.slice(0, 1 << 18).arrayBuffer());
      const camera = exif(head);
      return camera && place(camera);
    } catch {
      // It ends too soon, or means something else.
      return undefined;
    }
  }

  // By which a photo is known on its way.
  async function hashed(blob) {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()));
    return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  }

  return { drawn, packed, editor, button, taken, hashed };
})();
