// Fills in the form of a page that was kept, with what was typed into it before.
(() => {
  const { fields = [] } = JSON.parse(document.getElementById('kept')?.textContent ?? '{}');
  const form = document.getElementById('form');
  if (!form) return;
  for (const [name, value] of fields) {
    const controls = form.querySelectorAll(`[name="${CSS.escape(name)}"]`);
    // What this page does not ask goes along as it is, such as the answers to the questions of the next one.
    if (controls.length === 0) form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
    for (const control of controls) {
      if (control.type === 'radio' || control.type === 'checkbox') control.checked ||= control.value === value;
      else control.value = value;
      if (control.checked) control.closest('details')?.setAttribute('open', '');
      control.dispatchEvent(new Event('input', { bubbles: true }));
    }
  }
})();
