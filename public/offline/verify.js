// Checks a receipt on this phone, without asking anybody.
(() => {
  const form = document.getElementById('form');
  const field = document.getElementById('statement');
  const file = document.getElementById('file');
  const show = (name) => document.querySelectorAll('[data-verdict]').forEach((verdict) => (verdict.hidden = verdict.dataset.verdict !== name));

  async function check() {
    const found = await proof.receipt(field.value);
    // This browser cannot say: the server can.
    if (found && found.right === undefined) return form.submit();
    show(!found ? 'unreadable' : found.right ? 'right' : 'wrong');
    if (!found?.right) return;
    const verdict = document.querySelector('[data-verdict=right]');
    const time = new Date(found.received);
    verdict.querySelector('[data-part=received]').textContent = time.toLocaleString(document.documentElement.lang, { dateStyle: 'long', timeStyle: 'medium' });
    verdict.querySelector('[data-part=key]').textContent = found.key;
    verdict.querySelector('[data-part=sha256]').textContent = found.sha256;
  }

  form.addEventListener('submit', (event) => {
    // The switch of the language goes to the server.
    if (event.submitter?.name === 'language') return;
    event.preventDefault();
    void check();
  });
  file.closest('[hidden]')?.removeAttribute('hidden');
  file.addEventListener('change', async () => {
    const text = await file.files[0]?.text();
    if (text === undefined) return;
    field.value = text.match(/shouwang-receipt\/1 key=\S+\s+sha256=\S+\s+received=\S+\s+[\w-]+/)?.[0] ?? text.slice(0, 2_000);
    void check();
  });
  if (location.hash.length > 1) {
    field.value = decodeURIComponent(location.hash.slice(1));
    void check();
  }
})();
