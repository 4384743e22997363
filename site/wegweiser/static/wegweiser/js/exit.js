// Enhances the exit link: covers the page at once and replaces this entry, so that Back does not return here.
const link = document.querySelector("[data-exit]");
let presses = [];
let alone = false; // Shift was pressed and nothing else: who writes capital letters stays

function leave() {
  const cover = document.createElement("div");
  cover.className = "leaving";
  document.body.append(cover);
  document.title = "\u200b"; // with nothing in it, a browser would show the address
  location.replace(link.href);
}

function onKey(event) {
  if (event.repeat) return;
  alone = event.key === "Shift" && !event.ctrlKey && !event.altKey && !event.metaKey;
  if (!alone) presses = [];
}

function onRelease(event) {
  if (event.key !== "Shift" || !alone) return;
  presses = [...presses.slice(-2), Date.now()];
  if (presses.length === 3 && presses[2] - presses[0] < 5000) leave();
}

if (link) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  document.addEventListener("keydown", onKey);
  document.addEventListener("keyup", onRelease);
}
