// What stands behind a view: each request as a command to repeat it, and its answer as it came.
import { el, announce } from "./dom.js";
import { curl, spotifyPath } from "./api.js";
import { took } from "./format.js";

/**
 * Fills the footer.
 * @param {import("./api.js").Answer<any>[]} answers
 * @param {boolean} open whether the answers are shown
 * @param {(open: boolean) => void} opened called when that changes
 */
export function showSource(answers, open, opened) {
  const footer = /** @type {HTMLElement} */ (document.getElementById("source"));
  if (answers.length === 0) {
    footer.replaceChildren();
    return;
  }

  const toggle = el("button", { type: "button", class: "json-toggle", "aria-expanded": String(open) }, open ? "Hide JSON" : "Show JSON");
  toggle.addEventListener("click", () => opened(!open));
  footer.replaceChildren(
    el("div", { class: "source-head" }, el("h2", {}, "Behind this view"), toggle),
    ...answers.map(answer => request(answer, open)));
}

/** @param {import("./api.js").Answer<any>} answer @param {boolean} open */
function request(answer, open) {
  const command = curl(answer.path);
  const copy = el("button", { type: "button", "aria-label": `Copy ${command}` }, "Copy");
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(command);
      copy.textContent = "Copied";
      announce("Copied");
    } catch {
      // Browsers forbid it over plain HTTP from another machine: select the text instead.
      getSelection()?.selectAllChildren(code);
      copy.textContent = "Selected";
      announce("Selected: copy it with the keyboard");
    }
  });
  const code = el("code", {}, command);
  const also = el("p", { class: "also" });
  void spotifyPath(answer.path).then(path => also.append(...path ? ["As Spotify's Web API has it: ", el("code", {}, curl(path))] : []));
  return el("section", { class: "request", "aria-label": answer.path },
    el("div", { class: "command" }, el("pre", { role: "group", tabindex: 0, "aria-label": "Command" }, code), el("span", { class: "cost" }, took(answer.ms)), copy),
    also,
    open && el("pre", { class: "json", role: "group", tabindex: 0, "aria-label": "Answer" }, ...pretty(answer.text)));
}

/**
 * JSON with line breaks and colours. Works on the text itself: parsing would round whole numbers beyond 2^53.
 * @param {string} text
 */
function pretty(text) {
  /** @type {(string | Node)[]} */
  const parts = [];
  const tokens = text.match(/"(?:\\.|[^"\\])*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
  let depth = 0;
  tokens.forEach((token, at) => {
    const isEmpty = (token === "{" && tokens[at + 1] === "}") || (token === "[" && tokens[at + 1] === "]");
    if (token === "{" || token === "[") {
      depth++;
      parts.push(token, isEmpty ? "" : line(depth));
    } else if (token === "}" || token === "]") {
      depth--;
      parts.push("{[".includes(tokens[at - 1]) ? "" : line(depth), token);
    } else if (token === ",") {
      parts.push(token, line(depth));
    } else if (token === ":") {
      parts.push(": ");
    } else {
      parts.push(el("span", { class: tokens[at + 1] === ":" ? "key" : token.startsWith('"') ? "text" : "value" }, token));
    }
  });
  return parts;
}

/** @param {number} depth */
function line(depth) {
  return "\n" + "  ".repeat(depth);
}
