// Reads a rule back while somebody chooses its conditions. Without it, it is read back after saving.
// Scripts of the admin share one scope with hours.js: the names must differ.
const READ_BACK_PAUSE = 400;
const waitingRows = new WeakMap();

function chosenIn(row) {
  const data = new URLSearchParams();
  for (const control of row.querySelectorAll("select, input, textarea")) {
    const name = control.name.replace(/^[a-z_]+-\d+-/, "");
    const isOff = (control.type === "checkbox" || control.type === "radio") && !control.checked;
    if (!name || isOff) continue;
    const values = control.multiple ? [...control.selectedOptions].map((option) => option.value) : [control.value];
    values.forEach((value) => data.append(name, value));
  }
  data.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  return data;
}

async function readRowBack(row, output) {
  const body = chosenIn(row);
  try {
    const answer = await fetch(output.dataset.readBack, { method: "POST", body });
    if (!answer.ok || chosenIn(row).toString() !== body.toString()) return;
    const { sentence } = await answer.json();
    output.querySelector(".read-back__sentence").textContent = sentence;
    output.hidden = !sentence;
  } catch {
    // Offline: saving tells.
  }
}

function readRowLater(event) {
  const row = event.target.closest("[data-inline-panel-child]");
  const output = row?.querySelector("[data-read-back]");
  if (!output) return;
  clearTimeout(waitingRows.get(row));
  waitingRows.set(row, setTimeout(() => readRowBack(row, output), READ_BACK_PAUSE));
}

document.addEventListener("change", readRowLater);
document.addEventListener("input", readRowLater);
