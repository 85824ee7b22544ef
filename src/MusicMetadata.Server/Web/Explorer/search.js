// The start page and the three lists of what was found.
import { el, go, name, announce } from "./dom.js";
import { get } from "./api.js";
import { notice } from "./notice.js";
import { sleeve, colours } from "./sleeve.js";
import { compact, duration, isrcParts, took, year } from "./format.js";

const limit = 20;

/** Whether the server would search for this: two characters, or one outside ASCII. @param {string} text */
export function canAsk(text) {
  return [...text].length > 1 || /[^\x00-\x7f]/.test(text);
}

/**
 * The start page: the routes of the interface as spines on a shelf.
 * @param {HTMLElement} main @param {AbortSignal} signal
 */
export async function showHome(main, signal) {
  main.replaceChildren(el("h1", { class: "unseen", tabindex: -1 }, "Music Metadata"));
  try {
    const index = await get("./", signal);
    main.append(shelf(/** @type {RouteIndex} */ (index.data)));
    return [index];
  } catch (error) {
    if (!signal.aborted) { main.append(notice(error, signal, () => void showHome(main, signal))); }
    return [];
  }
}

/** @param {RouteIndex} index */
function shelf(index) {
  // Those below /v1 are told by one: as many again would not fit.
  const routes = new Set(index.routes.map(route => route.startsWith("GET /v1/") ? "GET /v1/…" : route));
  return el("nav", { class: "shelf", "aria-label": "Routes of the interface" }, el("ul", {}, ...[...routes].map(route => {
    const { ground, first, second } = colours(route);
    const link = el("a", { href: "docs" }, el("span", {}, route));
    link.style.setProperty("--ground", ground);
    link.style.setProperty("--band", first);
    link.style.setProperty("--dot", second);
    return el("li", {}, link);
  })));
}

/**
 * Asks all three searches at once and shows each list as it arrives; what was there before stays until then.
 * @param {HTMLElement} main @param {string} text @param {AbortSignal} signal
 */
export async function showSearch(main, text, signal) {
  const lists = main.querySelector(".results") ?? frame(main);
  lists.setAttribute("aria-busy", "true");
  const isrc = isrcParts(text) && go(`?isrc=${encodeURIComponent(text.trim())}`, { class: "hit by-code" }, "Every track with the ISRC ", el("code", {}, text.trim()));
  lists.querySelector(".by-code")?.remove();
  if (isrc) { lists.prepend(isrc); }
  main.querySelector(".notice")?.remove();
  try {
    const answers = await Promise.all(kinds.map(async kind => {
      /** @type {import("./api.js").Answer<any[]>} */
      const answer = await get(`search/${kind.route}?q=${encodeURIComponent(text)}&limit=${limit}`, signal);
      if (!signal.aborted) { kind.show(/** @type {HTMLElement} */ (lists.querySelector(`#${kind.route}s`)), answer.data); }
      return answer;
    }));
    tell(answers, text);
    return answers;
  } catch (error) {
    if (!signal.aborted) {
      main.replaceChildren(notice(error, signal, () => main.dispatchEvent(new Event("again"))));
      tally("");
    }

    return [];
  } finally {
    lists.removeAttribute("aria-busy");
  }
}

/** @param {string} text */
export function tally(text) {
  /** @type {HTMLElement} */ (document.getElementById("tally")).textContent = text;
}

/** @param {import("./api.js").Answer<any[]>[]} answers @param {string} text */
function tell(answers, text) {
  const counts = answers.map((answer, at) => (answer.data.length === limit ? `first ${limit} ` : `${answer.data.length} `) + kinds[at].noun(answer.data.length));
  const isAny = answers.some(answer => answer.data.length > 0);
  tally(`${counts.join(" · ")} — ${took(Math.max(...answers.map(answer => answer.ms)))}`);
  announce(isAny ? counts.join(", ") : `Nothing is called ${text}`);
}

/** @param {HTMLElement} main */
function frame(main) {
  const lists = el("div", { class: "results" }, ...kinds.map(kind =>
    el("section", { class: `list ${kind.route}s`, "aria-labelledby": `${kind.route}s-title` }, el("h2", { id: `${kind.route}s-title` }, kind.title), el("div", { id: `${kind.route}s` }))));
  main.replaceChildren(el("h1", { class: "unseen", tabindex: -1 }, "Search results"), lists);
  return lists;
}

/** @param {HTMLElement} place @param {Node[]} items @param {string} none */
function fill(place, items, none) {
  place.replaceChildren(items.length > 0 ? el("ol", {}, ...items.map(item => el("li", {}, item))) : el("p", { class: "none" }, none));
}

const kinds = [
  {
    route: "track",
    title: "Tracks",
    noun: (/** @type {number} */ n) => (n === 1 ? "track" : "tracks"),
    show: (/** @type {HTMLElement} */ place, /** @type {Track[]} */ tracks) => fill(place, tracks.map(trackHit), "No track is called that."),
  },
  {
    route: "album",
    title: "Albums",
    noun: (/** @type {number} */ n) => (n === 1 ? "album" : "albums"),
    show: (/** @type {HTMLElement} */ place, /** @type {Album[]} */ albums) => fill(place, albums.map(albumHit), "No album is called that."),
  },
  {
    route: "artist",
    title: "Artists",
    noun: (/** @type {number} */ n) => (n === 1 ? "artist" : "artists"),
    show: (/** @type {HTMLElement} */ place, /** @type {Artist[]} */ artists) => fill(place, artists.map(artistHit), "No artist is called that."),
  },
];

/** @param {Track} track */
function trackHit(track) {
  return go(`?track=${track.id}`, { class: "hit" },
    sleeve(track.album?.id ?? track.id, track.album?.images, 48),
    el("span", { class: "what" },
      el("span", { class: "title" }, name(track.name)),
      el("span", { class: "by" }, ...listed(track.artists), track.album && year(track.album.release_date) && ` · ${year(track.album.release_date)}`)),
    el("span", { class: "length" }, duration(track.duration_ms)));
}

/** @param {Album} album */
function albumHit(album) {
  return go(`?album=${album.id}`, { class: "hit" },
    sleeve(album.id, album.images, 200),
    el("span", { class: "what" },
      el("span", { class: "title" }, name(album.name)),
      el("span", { class: "by" }, ...listed(album.artists), year(album.release_date) && ` · ${year(album.release_date)}`)));
}

/** @param {Artist} artist */
function artistHit(artist) {
  return go(`?artist=${artist.id}`, { class: "hit" },
    sleeve(artist.id, artist.images, 48, "portrait"),
    el("span", { class: "what" },
      el("span", { class: "title" }, name(artist.name, "Unnamed")),
      el("span", { class: "by" }, artist.followers === 1 ? "1 follower" : `${compact(artist.followers)} followers`, artist.genres && ` · ${artist.genres[0]}`)));
}

/** The names of artists, with commas between. @param {Artist[] | undefined} artists */
export function listed(artists) {
  return artists ? artists.flatMap((artist, at) => (at ? [", ", name(artist.name, "Unnamed")] : [name(artist.name, "Unnamed")])) : ["Unknown artist"];
}

