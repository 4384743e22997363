// Reads opening hours back while somebody types them. Without it they are read back after saving.
const PAUSE = 400;
const waiting = new WeakMap();

function show(output, reading) {
  const problem = output.querySelector(".hours-read__problem");
  const words = output.querySelector(".hours-read__words");
  const lines = reading.words.map((line) => {
    const span = document.createElement("span");
    span.textContent = line;
    return span;
  });
  problem.textContent = reading.problem;
  problem.hidden = !reading.problem;
  words.querySelector(".hours-read__lines").replaceChildren(...lines);
  words.hidden = !lines.length;
}

async function read(input) {
  const text = input.value;
  const output = input.parentElement.querySelector(".hours-read");
  try {
    const answer = await fetch(`${input.dataset.hours}?${new URLSearchParams({ text })}`);
    if (answer.ok && input.value === text) show(output, await answer.json());
  } catch {
    // Offline: saving tells.
  }
}

document.addEventListener("input", (event) => {
  const input = event.target;
  if (!input.matches("[data-hours]")) return;
  clearTimeout(waiting.get(input));
  waiting.set(input, setTimeout(() => read(input), PAUSE));
});
