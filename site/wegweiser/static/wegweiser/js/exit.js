// Enhances the exit link: covers the page at once and replaces this entry, so that Back does not return here.
const link = document.querySelector("[data-exit]");
const presses = [];

function leave() {
  const cover = document.createElement("div");
  cover.className = "leaving";
  document.body.append(cover);
  document.title = " ";
  location.replace(link.href);
}

function onShift(event) {
  if (event.key !== "Shift" || event.repeat) return;
  presses.push(Date.now());
  if (presses.length > 3) presses.shift();
  if (presses.length === 3 && presses[2] - presses[0] < 5000) leave();
}

if (link) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  document.addEventListener("keyup", onShift);
}
