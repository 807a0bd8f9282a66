// What a page does by script; without it everything is still there to be read and pressed.
"use strict";

const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const one = (selector) => document.querySelector(selector);

// Which device this is, as far as it decides on which buttons do nothing.
const device = (() => {
  const agent = navigator.userAgent;
  if (/Android/.test(agent)) return "android";
  if (/iPhone|iPad|iPod/.test(agent)) return "iphone";
  if (/Macintosh/.test(agent)) return navigator.maxTouchPoints > 1 ? "iphone" : "mac";
  return "pc";
})();

function fit() {
  for (const element of all("[data-on]")) {
    element.hidden = !element.dataset.on.split(" ").includes(device);
  }
  const own = { android: "google", iphone: "apple", mac: "apple", pc: "" }[device];
  for (const app of all(`details[data-app="${own}"]`)) {
    app.open = true;
    app.parentNode.prepend(app);
  }
}

// Said aloud by screen readers, and seen on the button.
function tell(button, words) {
  const label = button.textContent;
  button.textContent = words;
  let said = one("#said");
  if (!said) {
    said = document.createElement("p");
    said.id = "said";
    said.className = "unseen";
    said.setAttribute("role", "status");
    document.body.append(said);
  }
  said.textContent = "";
  setTimeout(() => { said.textContent = words; }, 50);
  setTimeout(() => { button.textContent = label; }, 2500);
}

async function copy(button) {
  const source = document.getElementById(button.dataset.copy);
  const range = document.createRange();
  range.selectNodeContents(source);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  try {
    await navigator.clipboard.writeText(source.textContent);
  } catch {
    if (!document.execCommand("copy")) return; // it stays selected, to be copied by hand
  }
  tell(button, button.dataset.done);
}

function share(event, link) {
  if (!navigator.share) return; // the link itself writes a letter
  event.preventDefault();
  const told = { title: link.dataset.title, url: link.dataset.share };
  navigator.share(told).catch(() => {}); // somebody thought better of it
}

// A page is as old as the last check of the city's pages, which stands in one file alone.
async function fresh(banner) {
  const answer = await fetch(banner.dataset.status, { cache: "no-cache" });
  if (!answer.ok) return;
  const at = new Date((await answer.json()).generated);
  if (Date.now() - at > 2 * 60000 * Number(banner.dataset.minutes)) {
    banner.textContent = banner.dataset.words.replace("{when}", moment(at));
    banner.hidden = false;
  }
}

// In the city's zone, wherever the reader is: meetings are told in it too.
const tongue = document.documentElement.lang === "sv" ? "sv-SE" : "en-GB";
const formatted = (more) => new Intl.DateTimeFormat(tongue, {
  dateStyle: "long", timeZone: "Europe/Stockholm", ...more,
});
const moment = (at) => formatted({ timeStyle: "short" }).format(at);

// A month of one committee, by the address: it can be kept and sent, and goes along to other months.
function filter(form) {
  const select = form.elements.namnd;
  const steps = all("main nav a");
  const plain = steps.map((step) => step.getAttribute("href"));
  const show = () => {
    const chosen = select.value;
    for (const link of all(".month a")) link.hidden = chosen !== "" && link.dataset.c !== chosen;
    for (const day of all(".month td")) {
      day.classList.toggle("free", !all("a:not([hidden])", day).length);
    }
    const query = chosen ? `?namnd=${chosen}` : "";
    steps.forEach((step, number) => step.setAttribute("href", plain[number] + query));
    history.replaceState(null, "", location.pathname + query);
  };
  select.value = new URLSearchParams(location.search).get("namnd") ?? "";
  if (select.selectedIndex < 0) select.value = "";
  select.addEventListener("change", show);
  form.hidden = false;
  show();
}

// The same for å, a and A, as everybody writes on a phone.
const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f\u00ad]/g, "").toLowerCase();

const element = (name, words, more = {}) =>
  Object.assign(document.createElement(name), { textContent: words }, more);

const SHOWN = 50; // results; who wants more writes another word

// Each thing that can be found: its words, which kind it is, and where its page is.
async function read(form) {
  const answer = await fetch(form.dataset.index);
  if (!answer.ok) throw new Error(answer.statusText);
  const rows = (await answer.text()).trim().split("\n").map((row) => JSON.parse(row));
  const names = {};
  const things = [];
  const day = formatted({});
  for (const row of rows) {
    if (row.n) {
      names[row.id] = row.n;
      things.push({ kind: "n", text: row.n, href: `${row.id}/`, folded: fold(row.n) });
      continue;
    }
    const meeting = `${names[row.c]} ${day.format(new Date(`${row.d}T12:00Z`))}`;
    const about = fold(`${meeting} ${row.d}`);
    const add = (kind, text, end = "") => {
      const folded = kind === "d" ? about : `${fold(text)} ${about}`;
      things.push({ kind, text, href: `moten/${row.id}/${end}`, meeting, folded });
    };
    add("d", meeting);
    for (const text of row.a ?? []) add("a", text, "#arenden");
    for (const text of row.b ?? []) add("b", text, "#beslut");
    for (const text of row.f ?? []) add("f", text, "#handlingar");
  }
  return things;
}

function search(form) {
  const [field, list, found] = [form.elements.q, one("#results"), one("#found")];
  let things;
  const look = async () => {
    const wanted = fold(field.value).split(/\s+/).filter(Boolean);
    const query = field.value.trim() ? `?${new URLSearchParams({ q: field.value.trim() })}` : "";
    history.replaceState(null, "", location.pathname + query);
    if (!wanted.length) return show([], "");
    if (!things) {
      found.textContent = found.dataset.wait;
      things = read(form);
    }
    try {
      const every = await things;
      const hits = every.filter((thing) => wanted.every((word) => thing.folded.includes(word)));
      const said = hits.length > SHOWN ? "more" : hits.length ? "some" : "none";
      show(hits.slice(0, SHOWN), found.dataset[said].replace("{count}", hits.length));
    } catch {
      things = undefined;
      show([], found.dataset.failed);
    }
  };
  const show = (hits, words) => {
    found.textContent = words.replace("{shown}", hits.length);
    list.replaceChildren(...hits.map((hit) => {
      const row = document.createElement("li");
      const link = element("a", hit.text, { href: form.dataset.pages + hit.href });
      const text = document.createElement("span");
      text.append(link);
      if (hit.kind in { a: 1, b: 1, f: 1 }) {
        text.append(element("span", hit.meeting, { className: "place" }));
      }
      row.append(element("span", list.dataset[hit.kind], { className: "kind" }), text);
      return row;
    }));
  };
  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 150);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    look();
  });
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  if (field.value) look();
}

async function status(box) {
  const said = one("[role=status]#checked");
  box.hidden = false;
  const words = box.dataset;
  const when = (stamp) => (stamp ? moment(new Date(stamp)) : words.never);
  try {
    const answer = await fetch(banner.dataset.status, { cache: "no-cache" });
    const state = await answer.json();
    const ill = state.sources.some((source) => !source.ok);
    said.textContent = `${words.checked.replace("{when}", when(state.generated))} ${ill ? words.ill : words.well}`;
    const names = Object.fromEntries(all("#sources li").map((li) => [li.dataset.name, li.textContent]));
    const name = (source) => names[source.name] ?? source.name;
    const sorted = state.sources.sort((a, b) => name(a).localeCompare(name(b), "sv"));
    one("#status .rows").replaceChildren(...sorted.map((source) => {
      const row = document.createElement("li");
      const told = source.ok
        ? words.ok.replace("{when}", when(source.last_good))
        : words.failing.replace("{when}", when(source.failing_since)).replace("{good}", when(source.last_good));
      row.append(element("strong", name(source)), element("span", told, { className: "more" }));
      return row;
    }));
    one("#held").hidden = !state.held.length;
    one("#held ul").replaceChildren(...state.held.map((held) =>
      element("li", `${held.path}: ${words.held.replace("{when}", when(held.since))}`)));
  } catch {
    said.textContent = words.failed;
  }
}

for (const button of all("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}
for (const link of all("[data-share]")) {
  link.addEventListener("click", (event) => share(event, link));
}
fit();
const banner = one("#stale");
fresh(banner).catch(() => {}); // no answer says nothing of the city
all("form.filter").forEach(filter);
all("form.search").forEach(search);
all("#status").forEach(status);
