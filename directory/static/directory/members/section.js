// Saves a section's draft while somebody writes, reads opening hours back and finds places.
// Without it the buttons do all of this.
const PAUSE = 2000;
const LATER = 10000;
const READ = 400;

const form = document.querySelector("[data-autosave]");
const status = form.querySelector("[data-saved]");
let waiting = 0;
let running = false;
let again = false;
let stopped = false;

function post(address, data) {
  return fetch(address, { method: "POST", body: data, headers: { Accept: "application/json" }, credentials: "same-origin" });
}

function tell(words, wrong) {
  status.textContent = words;
  status.classList.toggle("wrong", wrong);
}

function later(pause) {
  clearTimeout(waiting);
  if (!stopped) waiting = setTimeout(save, pause);
}

async function save() {
  if (running) {
    again = true;
    return;
  }
  running = true;
  try {
    const answer = await post(form.action, new FormData(form));
    const told = await answer.json();
    tell(told.words, !answer.ok);
    if (answer.ok) form.elements.seen.value = told.seen;
    // Two versions, a review or a stop: only the button leads on, and shows why.
    stopped = [403, 409, 423].includes(answer.status);
  } catch {
    tell(form.dataset.offline, true);
    later(LATER);
  }
  running = false;
  if (again) {
    again = false;
    later(0);
  }
}

form.addEventListener("input", (event) => {
  if (event.target.name !== "find") later(PAUSE);
});
// A save on its way must not be overtaken by the button's.
form.addEventListener("submit", () => {
  stopped = true;
  clearTimeout(waiting);
});

const read = form.querySelector("[data-hours]");
let reading = 0;

async function readBack() {
  try {
    const answer = await post(read.dataset.hours, new FormData(form));
    if (!answer.ok) return;
    const told = await answer.json();
    const problem = read.querySelector(".wrong");
    problem.textContent = told.problem;
    problem.hidden = !told.problem;
    read.querySelector("[data-label]").hidden = !told.words.length;
    read.querySelector("ul").replaceChildren(...told.words.map((words) => {
      const item = document.createElement("li");
      item.textContent = words;
      return item;
    }));
  } catch {
    // Offline: saving tells.
  }
}

if (read) {
  form.addEventListener("input", (event) => {
    if (!event.target.name.startsWith("opening_hours")) return;
    clearTimeout(reading);
    reading = setTimeout(readBack, READ);
  });
}

const areas = form.querySelector("[data-areas]");

function box(area, number) {
  const line = document.createElement("div");
  line.className = "agree";
  const input = document.createElement("input");
  Object.assign(input, { type: "checkbox", name: "areas_served", value: area.code, id: `found-${number}-${area.code}` });
  const label = document.createElement("label");
  label.htmlFor = input.id;
  label.textContent = area.name;
  line.append(input, label);
  return line;
}

async function find() {
  const answer = await post(areas.dataset.areas, new FormData(form));
  if (!answer.ok) throw new Error(answer.status);
  const { areas: found } = await answer.json();
  const list = areas.querySelector("fieldset");
  const known = new Set([...list.querySelectorAll("input")].map((input) => input.value));
  const fresh = found.filter((area) => !known.has(area.code)).map(box);
  list.append(...fresh);
  const said = areas.querySelector("[role=status]");
  said.textContent = found.length ? said.dataset.found : said.dataset.none;
  (fresh[0] ?? list).querySelector("input")?.focus();
}

if (areas) {
  const instead = (event) => {
    event.preventDefault();
    find().catch(() => tell(form.dataset.offline, true));
  };
  areas.querySelector("[value=find]").addEventListener("click", instead);
  // The Enter key would press the form's first button, which saves.
  areas.querySelector("[name=find]").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) instead(event);
  });
}
