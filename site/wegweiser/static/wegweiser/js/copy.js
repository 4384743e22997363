// A text to take along selects itself, and a button copies it. Without a script: Ctrl+A and Ctrl+C in the field.
for (const field of document.querySelectorAll("textarea.copy")) {
  field.addEventListener("focus", () => field.select());
}

// The clipboard is closed to pages that came without TLS: then the browser's older command takes what is selected.
async function copy(field) {
  if (navigator.clipboard) return navigator.clipboard.writeText(field.value);
  field.select();
  if (!document.execCommand("copy")) throw new Error("not copied");
}

for (const button of document.querySelectorAll("[data-copy-from]")) {
  const field = document.getElementById(button.dataset.copyFrom);
  button.hidden = !field;
  button.addEventListener("click", async () => {
    try {
      await copy(field);
      button.focus();
      button.textContent = button.dataset.done;
    } catch {
      field.focus(); // selected: one key is left to press
    }
  });
}
