// Ties the page together: the address holds the view, and every change of it shows another.
import { NoAnswer } from "./api.js";
import { announce } from "./dom.js";
import { listenToKeys } from "./keys.js";
import { notice } from "./notice.js";
import { albumPage, artistPage, isrcPage, trackPage } from "./record.js";
import { canAsk, showHome, showSearch, tally } from "./search.js";
import { showSource } from "./source.js";

const main = /** @type {HTMLElement} */ (document.getElementById("main"));
const field = /** @type {HTMLInputElement} */ (document.getElementById("q"));
const themeButton = /** @type {HTMLButtonElement} */ (document.getElementById("theme"));
const records = { track: trackPage, album: albumPage, artist: artistPage, isrc: isrcPage };

/** Ends whatever the view before is still waiting for. */
let leave = new AbortController();
/** Milliseconds the search before took: the next key waits only for servers that are slow. */
let pace = 0;

/** @typedef {"start" | "follow" | "back" | "type" | "stay"} Reason why a view is shown, which decides where focus and page go */

/** Shows what the address says. @param {Reason} reason */
async function show(reason) {
  leave.abort();
  leave = new AbortController();
  const signal = leave.signal;
  const address = new URLSearchParams(location.search);
  const kind = /** @type {(keyof typeof records)[]} */ (Object.keys(records)).find(key => address.get(key));
  const text = address.get("q") ?? "";
  const isList = !kind && address.has("match");
  document.body.dataset.view = kind ? "record" : isList ? "list" : text ? "search" : "home";
  if (reason !== "type" && field.value !== text) { field.value = text; }
  if (kind || !text) { tally(""); }

  const answers = kind
    ? await showPage(() => records[kind](/** @type {string} */ (address.get(kind)), signal), signal)
    : isList ? await showPage(() => listPage(signal), signal)
    : canAsk(text) ? await search(text, signal) : text ? wait() : await showHome(main, signal);
  if (signal.aborted) { return; }
  if (!kind && !isList) { document.title = text ? `${text} · Music Metadata` : "Music Metadata"; }
  showSource(answers, address.has("json"), open => {
    address.delete("json");
    history.replaceState(history.state, "", "?" + address + (open ? (address.size ? "&json" : "json") : ""));
    void show("stay").then(() => /** @type {HTMLElement | null} */ (document.querySelector(".json-toggle"))?.focus());
  });
  settle(reason);
}

/**
 * Shows a view that has an address of its own.
 * @param {() => Promise<{ title: string, view: Node[], answers: import("./api.js").Answer<any>[] }>} make @param {AbortSignal} signal
 */
async function showPage(make, signal) {
  main.setAttribute("aria-busy", "true");
  try {
    const page = await make();
    if (signal.aborted) { return []; }
    main.replaceChildren(...page.view);
    document.title = `${page.title} · Music Metadata`;
    announce(page.title);
    return page.answers;
  } catch (error) {
    if (signal.aborted) { return []; }
    main.replaceChildren(notice(error, signal, () => void show("stay")));
    document.title = "Music Metadata";
    return [];
  } finally {
    main.removeAttribute("aria-busy");
  }
}

/** The view for lists, whose scripts are loaded for those who want it. @param {AbortSignal} signal */
async function listPage(signal) {
  const { listView } = await import("./list.js").catch(() => {
    throw new NoAnswer("explorer/list.js", 0, "The server cannot be reached.", 2);
  });
  return { title: "Match a list", view: [listView(signal)], answers: [] };
}

/** @param {string} text @param {AbortSignal} signal */
async function search(text, signal) {
  const start = performance.now();
  const answers = await showSearch(main, text, signal);
  pace = signal.aborted ? pace : performance.now() - start;
  return answers;
}

function wait() {
  main.replaceChildren();
  tally("One more character");
  return [];
}

/** @param {Reason} reason */
function settle(reason) {
  if (reason === "follow") {
    scrollTo(0, 0);
    /** @type {HTMLElement | null} */ (main.querySelector("h1"))?.focus({ preventScroll: true });
  } else if (reason === "back") {
    scrollTo(0, history.state?.y ?? 0);
  } else if (reason === "start" && ["home", "search"].includes(document.body.dataset.view ?? "")) {
    field.focus();
  }
}

/** @param {string} address @param {Reason} reason */
function follow(address, reason) {
  history.replaceState({ y: scrollY }, "");
  history.pushState(null, "", address);
  void show(reason);
}

document.addEventListener("click", event => {
  const link = event.target instanceof Element && event.target.closest("a[data-go]");
  if (link instanceof HTMLAnchorElement && event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey) {
    event.preventDefault();
    follow(link.href, "follow");
  }
});

let typing = 0;
field.addEventListener("input", event => {
  if (event instanceof InputEvent && event.isComposing) { return; }
  clearTimeout(typing);
  typing = setTimeout(() => {
    const text = field.value.trim();
    const address = text ? `?q=${encodeURIComponent(text)}` : "./";
    // One entry of the history for a whole search, not one for each letter.
    if (document.body.dataset.view === "search" && text) {
      history.replaceState(null, "", address);
      void show("type");
    } else {
      follow(address, "type");
    }
  }, pace > 80 ? 150 : 0);
});
field.addEventListener("compositionend", () => field.dispatchEvent(new Event("input")));
field.form?.addEventListener("submit", event => {
  event.preventDefault();
  /** @type {HTMLElement | null} */ (main.querySelector("a.hit"))?.focus();
});

main.addEventListener("again", () => void show("stay"));
addEventListener("popstate", () => void show("back"));
history.scrollRestoration = "manual";

themeButton.addEventListener("click", () => {
  const isDark = document.documentElement.classList.toggle("dark-mode");
  try {
    localStorage.setItem("theme", isDark ? "dark" : "light");
  } catch {
    // Not kept where storage is forbidden.
  }

  labelTheme();
});

function labelTheme() {
  themeButton.setAttribute("aria-pressed", String(document.documentElement.classList.contains("dark-mode")));
}

labelTheme();
listenToKeys(field, main);
void show("start");
