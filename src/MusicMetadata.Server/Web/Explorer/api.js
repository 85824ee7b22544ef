// Asking the server. Addresses are relative to the page, so that it works below any prefix a proxy puts it under.

/**
 * An answer with what the view's footer tells about it.
 * @template T
 * @typedef {{ path: string, data: T, text: string, ms: number }} Answer
 */

/** Why there is no answer. Status 0: the server could not be reached. */
export class NoAnswer extends Error {
  /** @param {string} path @param {number} status @param {string} detail @param {number} wait seconds after which to try again, 0 if that is pointless */
  constructor(path, status, detail, wait) {
    super(detail);
    this.path = path;
    this.status = status;
    this.wait = wait;
  }
}

// What a browser's own cache would do, without asking the server again: going back must be instant. The catalog does not change under a page.
/** @type {Map<string, Answer<any>>} */
const known = new Map();
const mostKnown = 60;

/**
 * Asks for JSON.
 * @template T
 * @param {string} path such as lookup/track/…
 * @param {AbortSignal} signal
 * @returns {Promise<Answer<T>>}
 */
export async function get(path, signal) {
  const before = known.get(path);
  if (before) { return before; }
  const answer = await ask(path, { signal, headers: { Accept: "application/json" } }, signal);
  if (known.size >= mostKnown) { known.delete(/** @type {string} */ (known.keys().next().value)); }
  known.set(path, answer);
  return answer;
}

/**
 * Sends JSON and asks for some.
 * @template T
 * @param {string} path
 * @param {object} body
 * @param {AbortSignal} signal
 * @returns {Promise<Answer<T>>}
 */
export function post(path, body, signal) {
  const headers = { Accept: "application/json", "Content-Type": "application/json" };
  return ask(path, { signal, method: "POST", headers, body: JSON.stringify(body) }, signal);
}

/** @param {string} path @param {RequestInit} request @param {AbortSignal} signal @returns {Promise<Answer<any>>} */
async function ask(path, request, signal) {
  const start = performance.now();
  let response;
  let text;
  try {
    response = await fetch(path, request);
    text = await response.text();
  } catch (error) {
    if (signal.aborted) { throw error; }
    throw new NoAnswer(path, 0, "The server cannot be reached.", 2);
  }

  const ms = performance.now() - start;
  if (!response.ok) {
    throw new NoAnswer(path, response.status, detailOf(text), waitOf(response));
  }

  return { path, data: JSON.parse(text), text, ms };
}

/** The command that gets the same answer. @param {string} path */
export function curl(path) {
  return `curl '${new URL(path, document.baseURI).href.replaceAll("'", "%27")}'`;
}

/** @type {Promise<string[]> | undefined} */
let routes;

/**
 * Where clients of Spotify's Web API find the same; null where they cannot, or the server was told not to answer them.
 * @param {string} path
 * @returns {Promise<string | null>}
 */
export async function spotifyPath(path) {
  routes ??= fetch(".", { headers: { Accept: "application/json" } })
    .then(response => response.json()).then(index => index.routes).catch(() => []);
  if (!(await routes).includes("GET /v1/tracks/{id}")) { return null; }
  const record = /^lookup\/(track|album|artist)\/([0-9A-Za-z]{22})$/.exec(path);
  if (record) { return `v1/${record[1]}s/${record[2]}`; }
  const isrc = /^lookup\/isrc\/([0-9A-Za-z-]+)$/.exec(path);
  if (isrc) { return `v1/search?q=isrc:${isrc[1]}&type=track`; }
  const search = /^search\/(track|album|artist)\?(q=[^&]+&limit=\d+)$/.exec(path);
  return search && `v1/search?${search[2]}&type=${search[1]}`;
}

/** @param {string} text */
function detailOf(text) {
  try {
    return String(JSON.parse(text).detail);
  } catch {
    return "The answer could not be understood."; // From a proxy in between, which answers in its own way.
  }
}

/** @param {Response} response */
function waitOf(response) {
  if (![429, 502, 503, 504].includes(response.status)) { return 0; }
  const seconds = Number(response.headers.get("Retry-After"));
  return seconds > 0 && seconds < 3600 ? Math.ceil(seconds) : 2;
}
