// What is ticked on a ballot and not counted yet, kept by this tab alone: gone with it, and never sent anywhere. Some
// browsers keep nothing; the ballot works all the same.

const NAME = "ballot-";
const OURS = (name) => name.startsWith("option");

export function keep(as, form) {
  const fields = [...new FormData(form)].filter(([name]) => OURS(name));
  try {
    sessionStorage.setItem(NAME + as, JSON.stringify(fields));
  } catch {
    // Nothing is kept.
  }
}

// Fills in what was kept; returns whether that changed anything.
export function kept(as, form) {
  let fields;
  try {
    fields = JSON.parse(sessionStorage.getItem(NAME + as));
  } catch {
    return false;
  }
  if (!Array.isArray(fields) || !fields.some(([, value]) => value && value !== "0")) return false;
  for (const control of form.elements) {
    if (!OURS(control.name)) continue;
    const values = fields.filter(([name]) => name === control.name).map(([, value]) => value);
    if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
    else control.value = values[0] ?? "";
  }
  return true;
}

export function forget(as) {
  try {
    sessionStorage.removeItem(NAME + as);
  } catch {
    // There was nothing.
  }
}
