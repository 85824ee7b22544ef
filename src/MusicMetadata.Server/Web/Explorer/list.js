// "Match a list": which tracks of the catalog are those of a playlist or a table? It is kept while the page is open, so that one can look at a
// track and come back.
import { el, announce } from "./dom.js";
import { NoAnswer, post } from "./api.js";
import { counted, whole } from "./format.js";
import { rowsView, told } from "./listrows.js";
import { decode, NoList, readList } from "./listtext.js";

/** Items of one request: however long their texts are, they fit into one. */
const batch = 40;
/** Tracks to choose among. */
const limit = 5;
/** More than anybody looks through; the command line has no such limit. */
const maxRows = 20_000;

/** @type {import("./listrows.js").Matched | null} */
let current = null;

/** The view. @param {AbortSignal} signal ends what it does when it is left */
export function listView(signal) {
  const text = el("textarea", { id: "list", rows: 6, dir: "auto", spellcheck: "false", "aria-describedby": "list-help" });
  const file = el("input", { id: "list-file", type: "file", accept: ".csv,.tsv,.txt,.m3u,.m3u8" });
  const form = el("form", { class: "paste" },
    el("label", { for: "list" }, "A track a line, a table or a playlist"), text,
    el("p", { id: "list-help" }, "Such as Artist - Title, a CSV table whose first line names its columns, or an M3U playlist. A file can be dropped here too."),
    el("div", { class: "choices" }, el("button", { type: "submit" }, "Match"), el("label", { for: "list-file" }, "or open a file"), file));
  const work = el("div", { class: "work" });
  const results = el("div", { class: "matched" });
  const view = el("section", { class: "list-page" }, el("h1", { tabindex: -1 }, "Match a list"), form, work, results);

  /** @param {string} content @param {string} [title] */
  const begin = (content, title) => {
    try {
      current = read(content, title);
      void match(work, results, signal);
    } catch (error) {
      if (!(error instanceof NoList)) { throw error; }
      tell(work, error.message);
    }
  };

  /** @param {File | undefined} chosen */
  const open = async chosen => {
    if (chosen) { begin(decode(await chosen.arrayBuffer()), chosen.name); }
  };

  form.addEventListener("submit", event => {
    event.preventDefault();
    begin(text.value);
  });
  file.addEventListener("change", () => void open(file.files?.[0]));
  document.addEventListener("dragover", event => {
    event.preventDefault();
    view.classList.add("dropping");
  }, { signal });
  document.addEventListener("dragleave", () => view.classList.remove("dropping"), { signal });
  document.addEventListener("drop", event => {
    event.preventDefault();
    view.classList.remove("dropping");
    void open(event.dataTransfer?.files[0]);
  }, { signal });
  if (current) { void match(work, results, signal); }
  return view;
}

/** @param {string} content @param {string} [title] the file's name */
function read(content, title) {
  const list = readList(content, title);
  if (list.rows.length > maxRows) {
    throw new NoList(`It has ${whole(list.rows.length)} rows, and this page takes ${whole(maxRows)}. The command metadata-api match takes any number.`);
  }

  const entries = list.rows.map(row => ({ row, answer: isEmpty(row.item) ? nothing : null, choice: null }));
  return { list, name: title?.replace(/\.[^.]*$/, "") || "list", entries };
}

/** Asks for every row that has no answer yet. @param {HTMLElement} work @param {HTMLElement} results @param {AbortSignal} signal */
async function match(work, results, signal) {
  const asked = current;
  if (!asked) { return; }
  const rows = rowsView(asked);
  results.replaceChildren(rows.element);
  const bar = el("progress", { max: asked.entries.length, "aria-label": "Rows matched" });
  const count = el("span");
  const isOver = () => signal.aborted || current !== asked;
  for (let left = unanswered(asked); left.length > 0; left = unanswered(asked)) {
    bar.value = asked.entries.length - left.length;
    count.textContent = `${whole(bar.value)} of ${counted(asked.entries.length, "row")}`;
    if (!bar.isConnected) { work.replaceChildren(el("p", { class: "progress" }, bar, count)); }
    try {
      await ask(left.slice(0, batch), signal);
    } catch (error) {
      if (isOver()) { return; }
      if (!(error instanceof NoAnswer)) { throw error; }
      await wait(work, error);
    }

    if (isOver()) { return; }
    rows.update();
  }

  work.replaceChildren();
  rows.update();
  announce(`Matched ${counted(asked.entries.length, "row")}: ${told(asked.entries)}`);
}

/** @param {import("./listrows.js").Entry[]} entries @param {AbortSignal} signal */
async function ask(entries, signal) {
  /** @type {import("./api.js").Answer<{ results: (MatchAnswer | MatchError)[] }>} */
  const { data } = await post("match", { items: entries.map(entry => entry.row.item), limit }, signal);
  data.results.forEach((result, at) => {
    entries[at].answer = "error" in result ? nothing : result;
  });
}

/** Says why there is no answer, until it is time to ask again. @param {HTMLElement} work @param {NoAnswer} error */
function wait(work, error) {
  return new Promise(resolve => {
    const again = el("button", { type: "button" }, "Try again");
    again.addEventListener("click", resolve);
    tell(work, error.message, again);
    if (error.wait > 0) { setTimeout(resolve, error.wait * 1000); }
  });
}

/** @param {HTMLElement} work @param {string} message @param {...Node} more */
function tell(work, message, ...more) {
  work.replaceChildren(el("p", { class: "trouble" }, message, " ", ...more));
  announce(message);
}

/** The answer to rows that there is nothing to ask of. @type {MatchAnswer} */
const nothing = { model: "", decision: "none", margin: 0, complete: true, matches: [] };

/** @param {import("./listtext.js").Item} item */
function isEmpty(item) {
  return !item.title && !item.isrc && !item.q;
}

/** @param {import("./listrows.js").Matched} matched */
function unanswered(matched) {
  return matched.entries.filter(entry => !entry.answer);
}
