// Offers words while somebody types. The list comes once and whole: what is typed stays in the field until it is sent.
const MOST = 6;
const LEAST = 2;
const SIGNS = /[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u200c-\u200f]/g;
const LETTERS = { ß: "ss", ı: "i", ł: "l", ø: "o", ى: "ي", ی: "ي", ک: "ك", ة: "ه", ґ: "г" };

// As the search reads it: Führer, Fuehrer and Fuhrer are one, and an Arabic word is the same with its article.
function words(text) {
  const plain = text.toLowerCase().normalize("NFD").replace(SIGNS, "").replace(/[ßıłøىیکةґ]/g, (letter) => LETTERS[letter]);
  const folded = plain.replace(/(^|[^aeiouq])ue/g, "$1u").replace(/([ao])e/g, "$1");
  return folded.split(/[^\p{L}\p{N}]+/u).filter(Boolean).map((word) => word.replace(/^و?ال(?=...)/, ""));
}

async function offered(address) {
  const { default: groups } = await import(address);
  return groups.flatMap(([kind, language, texts]) => texts.map((text) => ({ kind, language, text, words: words(text) })));
}

function fitting(entries, typed) {
  const asked = words(typed);
  if (asked.join("").length < LEAST) return [];
  const found = entries.filter((entry) => asked.every((word) => entry.words.some((other) => other.startsWith(word))));
  const begins = (entry) => entry.words[0].startsWith(asked[0]);
  return [...found.filter(begins), ...found.filter((entry) => !begins(entry))].slice(0, MOST);
}

// The pattern "editable combobox with list autocomplete" of the ARIA Authoring Practices.
class Combobox {
  constructor(form) {
    this.form = form;
    this.input = form.elements.text;
    this.entries = null;
    this.active = -1;
    this.build();
    this.input.addEventListener("focus", () => this.load(), { once: true });
    this.input.addEventListener("input", () => this.update());
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("blur", () => this.close());
    // The field keeps the focus, and so does the keyboard of a phone.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.take(event.target.closest("li")));
  }

  build() {
    this.list = document.createElement("ul");
    this.list.className = "offered";
    this.list.id = `${this.input.id}-offered`;
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.form.dataset.name);
    this.status = document.createElement("p");
    this.status.className = "hidden";
    this.status.setAttribute("role", "status");
    this.form.querySelector(".field").append(this.list, this.status);
    this.input.type = "text"; // a search field may not be a combobox (ARIA in HTML)
    this.input.setAttribute("role", "combobox");
    this.input.setAttribute("aria-autocomplete", "list");
    this.input.setAttribute("aria-controls", this.list.id);
    this.input.setAttribute("aria-expanded", "false");
  }

  async load() {
    try {
      this.entries = await offered(this.form.dataset.offered);
    } catch {
      return; // the search works without
    }
    if (document.activeElement === this.input && this.typed) this.update();
  }

  update() {
    this.typed = true;
    this.show(this.entries ? fitting(this.entries, this.input.value) : []);
  }

  show(found) {
    this.list.textContent = "";
    found.forEach((entry, at) => this.list.append(this.option(entry, at)));
    this.list.hidden = !found.length;
    this.input.setAttribute("aria-expanded", String(Boolean(found.length)));
    this.status.textContent = found.length ? `${this.form.dataset.name}: ${found.length}` : "";
    this.mark(-1);
  }

  option(entry, at) {
    const item = document.createElement("li");
    item.id = `${this.list.id}-${at}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    const text = document.createElement("span");
    text.textContent = entry.text;
    text.dir = "auto";
    if (entry.language) text.lang = entry.language;
    const kind = document.createElement("small");
    kind.textContent = entry.kind;
    item.append(text, " ", kind);
    return item;
  }

  mark(at) {
    this.active = at;
    [...this.list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
    if (at < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", this.list.children[at].id);
    if (at >= 0) this.list.children[at].scrollIntoView({ block: "nearest" });
  }

  press(event) {
    const count = this.list.children.length;
    if (event.isComposing || !count) return;
    if (event.key === "ArrowDown") this.mark(this.active + 1 < count ? this.active + 1 : -1);
    else if (event.key === "ArrowUp") this.mark(this.active < 0 ? count - 1 : this.active - 1);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && this.active >= 0) this.take(this.list.children[this.active]);
    else return;
    event.preventDefault();
  }

  take(item) {
    if (!item) return;
    this.input.value = item.firstChild.textContent;
    this.close();
    this.form.submit();
  }

  close() {
    this.show([]);
  }
}

for (const form of document.querySelectorAll("form[data-offered]")) new Combobox(form);
