// The rows of a list with what was found for each: which to look at, which track to take, and saving them.
import { el, go, name, announce } from "./dom.js";
import { duration, whole } from "./format.js";
import { artistOf, formats } from "./listexport.js";

/** Rows that are shown at once, and how many more each time. */
const page = 200;

/**
 * A row with its answer, and which of the matches somebody chose: -1 for none of them, null while nobody has.
 * @typedef {{ row: import("./listtext.js").Row, answer: MatchAnswer | null, choice: number | null }} Entry
 */
/** @typedef {{ list: import("./listtext.js").List, name: string, entries: Entry[] }} Matched */

/** What rows come to, in the order of the buttons. */
const decisions = { accept: "Accepted", chosen: "Chosen", ambiguous: "Ambiguous", review: "To review", none: "Not found" };
/** @typedef {keyof typeof decisions} Decision */
const kinds = /** @type {Decision[]} */ (Object.keys(decisions));

/**
 * The rows that have an answer. update() shows those that came since, and leaves the others alone: somebody may be choosing.
 * @param {Matched} matched
 */
export function rowsView(matched) {
  /** @type {Decision | null} */
  let filter = null;
  let shown = page;
  let next = 0;
  const filters = el("div", { class: "filters", role: "group", "aria-label": "Rows to show" });
  const save = el("div", { class: "choices", role: "group", "aria-label": "Save the list" }, "Save as ", ...Object.keys(formats).map(format => saveButton(matched, format)));
  const rows = el("ol", { class: "matches" });
  const more = el("button", { type: "button", class: "more" }, "Show more");
  const isShown = (/** @type {Entry} */ entry) => filter === null || decisionOf(entry) === filter;

  const showFilters = () => {
    const focused = filters.contains(document.activeElement) ? document.activeElement?.getAttribute("data-decision") : null;
    const answered = matched.entries.filter(entry => entry.answer).length;
    filters.replaceChildren(button(null, "All", answered), ...tallied(matched.entries).map(([decision, number]) => button(decision, decisions[decision], number)));
    /** @type {HTMLElement | null | undefined} */ (focused && filters.querySelector(`[data-decision=${focused}]`))?.focus();
  };

  const update = () => {
    showFilters();
    const { entries } = matched;
    for (; next < entries.length && entries[next].answer && rows.childElementCount < shown; next++) {
      if (isShown(entries[next])) { rows.append(rowOf(entries[next], next + 1, showFilters)); }
    }

    more.hidden = !entries.slice(next).some(entry => entry.answer && isShown(entry));
    save.hidden = entries.some(entry => !entry.answer);
  };

  /** @param {Decision | null} decision @param {string} label @param {number} number */
  const button = (decision, label, number) => {
    const one = el("button", { type: "button", "aria-pressed": String(filter === decision), "data-decision": decision ?? "all" }, `${label} `, el("b", {}, whole(number)));
    one.addEventListener("click", () => {
      filter = decision;
      shown = page;
      next = 0;
      rows.replaceChildren();
      update();
    });
    return one;
  };

  more.addEventListener("click", () => {
    const first = rows.childElementCount;
    shown += page;
    update();
    /** @type {HTMLElement | null | undefined} */ (rows.children[first]?.querySelector("select, a"))?.focus();
  });
  update();
  return { element: el("div", {}, filters, save, rows, more), update };
}

/** What rows come to, in words. @param {Entry[]} entries */
export function told(entries) {
  return tallied(entries).map(([decision, number]) => `${whole(number)} ${decisions[decision].toLowerCase()}`).join(", ");
}

/** How many rows come to what, without what none comes to. @param {Entry[]} entries */
function tallied(entries) {
  const counts = new Map(kinds.map(decision => [decision, 0]));
  for (const entry of entries) {
    if (entry.answer) { counts.set(decisionOf(entry), (counts.get(decisionOf(entry)) ?? 0) + 1); }
  }

  return [...counts].filter(([, number]) => number > 0);
}

/** @param {Matched} matched @param {string} format */
function saveButton(matched, format) {
  const button = el("button", { type: "button", "data-format": format }, format.toUpperCase());
  button.addEventListener("click", () => {
    const { type, write } = formats[/** @type {keyof typeof formats} */ (format)];
    const address = URL.createObjectURL(new Blob([write(matched.list, matched.entries.map(foundOf))], { type }));
    el("a", { href: address, download: `${matched.name}-matched.${format}` }).click();

    // Not at once: the browser reads it while it saves.
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    announce(`Saved as ${format.toUpperCase()}`);
  });
  return button;
}

/** @param {Entry} entry @param {number} number @param {() => void} chosen called when somebody has chosen */
function rowOf(entry, number, chosen) {
  const { item, cells } = entry.row;
  const decision = decisionOf(entry);
  const { track } = foundOf(entry);
  const given = item.q ?? [item.artist, item.title].filter(Boolean).join(" - ");
  return el("li", { "data-decision": decision },
    el("span", { class: "number" }, number),
    el("span", { class: "decision" }, decisions[decision]),
    el("span", { class: "given" }, name(given || item.isrc || cells.join(" "), "Nothing"), item.duration_ms ? ` ${duration(item.duration_ms)}` : ""),
    entry.answer && entry.answer.matches.length > 0 ? choiceOf(entry, number, chosen) : el("span", { class: "nothing" }, "No such track"),
    track && go(`?track=${track.id}`, { "aria-label": `Look at ${track.name}` }, "Look"));
}

/** @param {Entry} entry @param {number} number @param {() => void} chosen */
function choiceOf(entry, number, chosen) {
  const taken = takenOf(entry);
  const choice = el("select", { "aria-label": `Track for row ${number}` },
    ...(entry.answer?.matches ?? []).map(({ track, score }, at) => el("option", { value: at, selected: at === taken },
      `${artistOf(track)} - ${track.name} · ${track.album?.name || "Untitled"} · ${duration(track.duration_ms)} · ${Math.round(score * 100)} %`)),
    el("option", { value: -1, selected: taken < 0 }, "None of these"));
  choice.addEventListener("change", () => {
    entry.choice = Number(choice.value);

    // The row stays where it is, whatever rows are shown: it must not go from under the hands that chose.
    const row = rowOf(entry, number, chosen);
    choice.closest("li")?.replaceWith(row);
    row.querySelector("select")?.focus();
    chosen();
    announce(`Row ${number}: ${decisions[decisionOf(entry)]}`);
  });
  return choice;
}

/** @param {Entry} entry @returns {Decision} */
function decisionOf(entry) {
  return entry.choice === null ? entry.answer?.decision ?? "none" : entry.choice < 0 ? "none" : "chosen";
}

/** Which of the matches counts; -1 for none. @param {Entry} entry */
function takenOf(entry) {
  return entry.choice ?? (decisionOf(entry) === "none" ? -1 : 0);
}

/** What is saved of a row. @param {Entry} entry @returns {import("./listexport.js").Found} */
function foundOf(entry) {
  const match = entry.answer?.matches[takenOf(entry)];
  return { decision: decisionOf(entry), score: match?.score ?? 0, track: match?.track ?? null };
}
