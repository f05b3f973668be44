// Fills in the form of a page that was kept, with what was typed into it before.
(() => {
  const { fields = [] } = JSON.parse(document.getElementById('kept')?.textContent ?? '{}');
  const form = document.getElementById('form');
  if (!form) return;
  for (const [name, value] of fields) {
    for (const control of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (control.type === 'radio' || control.type === 'checkbox') control.checked ||= control.value === value;
      else control.value = value;
      if (control.checked) control.closest('details')?.setAttribute('open', '');
      control.dispatchEvent(new Event('input', { bubbles: true }));
    }
  }
})();
