// Single letters act only while the focus is on a submission (WCAG 2.1.4), and never while somebody writes.
(() => {
  const all = [...document.querySelectorAll("[data-submission]")];
  if (!all.length) return;
  document.querySelector("[data-reviewing-keys]").hidden = false;
  all.forEach((each) => { each.tabIndex = 0; });
  const go = (from, by) => all[all.indexOf(from) + by]?.focus();
  const sendBack = (item) => {
    const box = item.querySelector("[data-send-back]");
    box.open = true;
    box.querySelector("textarea").focus();
  };
  const keys = {
    a: (item) => item.querySelector("[data-approve]").click(),
    c: (item) => item.querySelector("[data-correct]").click(),
    r: sendBack,
    j: (item) => go(item, 1),
    k: (item) => go(item, -1),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const item = event.target.closest("[data-submission]");
    if (!item || event.target.matches("input, textarea, select") || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key](item);
  });
  document.querySelectorAll("[data-send-back]").forEach((box) => box.addEventListener("toggle", () => {
    if (box.open) box.querySelector("textarea").focus();
  }));
  const asked = all.find((each) => `#${each.id}` === location.hash);
  asked?.focus();
})();
