// When there is no answer: what happened, and what happens next.
import { el, announce } from "./dom.js";
import { NoAnswer } from "./api.js";
import { counted } from "./format.js";

const titles = new Map([
  [0, "No answer from the server"],
  [400, "That cannot be asked"],
  [401, "This server wants a token"],
  [404, "Not in the catalog"],
  [408, "That took too long"],
  [429, "Too many requests"],
  [503, "The server is busy"],
]);

/**
 * A notice that tries again by itself where that makes sense, and on request.
 * @param {unknown} error
 * @param {AbortSignal} signal ends the waiting when the view is left
 * @param {() => void} again
 */
export function notice(error, signal, again) {
  if (!(error instanceof NoAnswer)) { throw error; }
  const title = titles.get(error.status) ?? `The server answered ${error.status}`;
  const rest = el("p", { class: "countdown" });
  const retry = el("button", { type: "button" }, "Try again now");
  retry.addEventListener("click", again);
  announce(`${title}. ${error.message}`);
  if (error.wait > 0) {
    let left = error.wait;
    const tick = () => {
      if (signal.aborted) { return; }
      if (left === 0) { again(); return; }
      rest.textContent = `Trying again in ${counted(left--, "second")}.`;
      setTimeout(tick, 1000);
    };
    tick();
  }

  return el("div", { class: "notice", "data-status": error.status },
    el("h1", { tabindex: -1 }, title), el("p", {}, error.message),
    error.status === 401 && el("p", {}, "The ", el("a", { href: "docs" }, "documentation page"), " can send one."), error.wait > 0 && rest, ![400, 401, 404].includes(error.status) && retry);
}
