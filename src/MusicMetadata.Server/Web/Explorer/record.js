// One track, album or artist, set like the copy on a sleeve.
import { el, go, languageOf, name } from "./dom.js";
import { get } from "./api.js";
import { barcode } from "./barcode.js";
import { colours, sleeve } from "./sleeve.js";
import { counted, duration, isrcParts, language, released, whole, words } from "./format.js";

/** @typedef {{ title: string, view: Node[], answers: import("./api.js").Answer<any>[] }} Page */

/** @param {string} id @param {AbortSignal} signal @returns {Promise<Page>} */
export async function trackPage(id, signal) {
  /** @type {import("./api.js").Answer<Track>} */
  const answer = await get(`lookup/track/${encodeURIComponent(id)}`, signal);
  const track = answer.data;
  /** @type {import("./api.js").Answer<Track[]> | null} */
  const same = track.isrc ? await get(`lookup/isrc/${encodeURIComponent(track.isrc)}`, signal) : null;
  const others = same ? same.data.filter(other => other.id !== track.id) : [];
  const album = track.album;
  const disc = el("div", { class: "stage with-disc" }, el("span", { class: "disc", "aria-hidden": "true" }), sleeve(album?.id ?? track.id, album?.images, 480));
  const page = layout(album?.id ?? track.id,
    album ? go(`?album=${album.id}`, { class: "stage-link", "aria-label": `Album: ${album.name || "Untitled"}` }, disc) : disc,
    kicker(`Track ${track.track_number}`, track.disc_number > 1 && `disc ${track.disc_number}`),
    heading(track.name),
    credits(track.artists, track.artist_roles),
    el("dl", { class: "copy" },
      row("Album", album && el("span", {}, go(`?album=${album.id}`, {}, name(album.name)), `, ${counted(album.total_tracks, "track")}`)),
      row("Released", album && released(album.release_date, album.release_date_precision)),
      row("Label", album?.label && name(album.label)),
      row("Playing time", duration(track.duration_ms)),
      row("Version", track.version_title && name(track.version_title)),
      row("Language", track.languages?.map(language).join(", ")),
      row("Lyrics", track.has_lyrics === undefined ? null : track.has_lyrics ? "Known" : "None known"),
      row("Advisory", track.explicit && "Explicit"),
      row("Popularity", meter(track.popularity)),
      row("ISRC", track.isrc && isrc(track.isrc)),
      row("Sample", track.preview_url?.startsWith("https://") && el("a", { href: track.preview_url, rel: "noreferrer", target: "_blank" }, "Listen on another site"))),
    others.length > 0 && el("section", { class: "also" }, el("h2", {}, "The same recording elsewhere"), el("ol", { class: "rows" }, ...others.map(albumTrackRow))));
  return { title: track.name || "Untitled", view: [page], answers: same ? [answer, same] : [answer] };
}

/** @param {string} id @param {AbortSignal} signal @returns {Promise<Page>} */
export async function albumPage(id, signal) {
  const path = `lookup/album/${encodeURIComponent(id)}`;
  /** @type {[import("./api.js").Answer<Album>, import("./api.js").Answer<Track[]>]} */
  const [answer, listing] = await Promise.all([get(path, signal), get(`${path}/tracks`, signal)]);
  const album = answer.data;
  const tracks = listing.data;
  const total = tracks.reduce((sum, track) => sum + track.duration_ms, 0);
  const page = layout(album.id,
    el("div", { class: "stage" }, sleeve(album.id, album.images, 480), obi(album)),
    kicker(album.type, released(album.release_date, album.release_date_precision)),
    heading(album.name),
    credits(album.artists),
    el("dl", { class: "copy" },
      row("Label", album.label && name(album.label)),
      row("Tracks", `${whole(album.total_tracks)}${tracks.length > 0 && tracks.length < album.total_tracks ? `, of which ${whole(tracks.length)} are here` : ""}`),
      row("Playing time", tracks.length > 0 && duration(total)),
      row("UPC", album.upc && el("span", { class: "upc" }, barcode(album.upc), el("code", {}, album.upc)))),
    tracks.length === 0 && el("p", { class: "none" }, "The catalog holds no track of this album."),
    ...discs(tracks).map(([disc, ofDisc], _, all) => el("section", { class: "disc-list" }, el("h2", { class: all.length > 1 ? null : "unseen" }, all.length > 1 ? `Disc ${disc}` : "Tracks"), el("ol", { class: "rows numbered" }, ...ofDisc.map(track => trackRow(track, album))))),
    el("p", { class: "lines" }, ...[album.copyright_p, album.copyright].filter(line => line).map(line => el("span", {}, name(/** @type {string} */ (line))))));
  return { title: album.name || "Untitled", view: [page], answers: [answer, listing] };
}

/** @param {string} id @param {AbortSignal} signal @returns {Promise<Page>} */
export async function artistPage(id, signal) {
  /** @type {import("./api.js").Answer<Artist>} */
  const answer = await get(`lookup/artist/${encodeURIComponent(id)}`, signal);
  const artist = answer.data;
  const page = layout(artist.id,
    el("div", { class: "stage" }, sleeve(artist.id, artist.images, 480, "portrait")),
    kicker("Artist"),
    heading(artist.name, "Unnamed"),
    artist.genres && el("ul", { class: "genres", "aria-label": "Genres" }, ...artist.genres.map(genre => el("li", {}, name(genre)))),
    el("dl", { class: "copy" },
      row("Followers", whole(artist.followers)),
      row("Popularity", meter(artist.popularity))),
    artist.name && el("p", {}, go(`?q=${encodeURIComponent(artist.name)}`, { class: "onward" }, "Search the catalog for ", name(artist.name))));
  return { title: artist.name || "Unnamed", view: [page], answers: [answer] };
}

/** @param {string} code @param {AbortSignal} signal @returns {Promise<Page>} */
export async function isrcPage(code, signal) {
  /** @type {import("./api.js").Answer<Track[]>} */
  const answer = await get(`lookup/isrc/${encodeURIComponent(code)}`, signal);
  const page = el("article", { class: "code-page" },
    kicker("ISRC"), el("h1", { tabindex: -1 }, isrc(code)),
    el("p", {}, answer.data.length > 0 ? `${counted(answer.data.length, "track")}, most popular first` : "No track has this code."),
    el("ol", { class: "rows" }, ...answer.data.map(albumTrackRow)));
  return { title: code, view: [page], answers: [answer] };
}

/** @param {string} seed @param {Node} stage @param {...(Node | string | null | undefined | false)} copy */
function layout(seed, stage, ...copy) {
  const page = el("article", { class: "record" }, el("div", { class: "left" }, stage), el("div", { class: "right" }, ...copy));
  const { ground, first, second } = colours(seed);
  page.style.setProperty("--ground", ground);
  page.style.setProperty("--band", first);
  page.style.setProperty("--dot", second);
  return page;
}

/** @param {...(string | false)} parts */
function kicker(...parts) {
  return el("p", { class: "kicker" }, parts.filter(part => part).join(" · "));
}

/** A name as a heading, which takes its whole line's direction from it. @param {string} text @param {string} [missing] */
function heading(text, missing) {
  const length = [...text].length;
  const attributes = { tabindex: -1, dir: "auto", lang: languageOf(text), class: length > 60 ? "longest" : length > 28 ? "long" : null };
  return el("h1", attributes, text.trim() === "" ? name(text, missing) : text);
}

/** @param {Artist[] | undefined} artists @param {string[]} [roles] */
function credits(artists, roles) {
  return el("ul", { class: "credits", "aria-label": "Artists" }, ...(artists ?? []).map((artist, at) => el("li", {},
    go(`?artist=${artist.id}`, {}, sleeve(artist.id, artist.images, 48, "portrait"), el("span", { class: "what" }, el("span", { class: "title" }, name(artist.name, "Unnamed")), roles?.[at] && el("span", { class: "by" }, words(roles[at])))))));
}

/** @param {string} term @param {import("./dom.js").Child} detail */
function row(term, detail) {
  return detail ? el("div", {}, el("dt", {}, term), el("dd", {}, detail)) : null;
}

/** A bar of twenty segments, as on a level meter. @param {number} value 0 to 100 */
function meter(value) {
  const lit = Math.round(value / 5);
  return el("span", { class: "meter" },
    el("span", { class: "segments", "aria-hidden": "true" }, ...Array.from({ length: 20 }, (_, at) => el("i", { class: at < lit ? "lit" : null }))), `${value} of 100`);
}

/** @param {string} code */
function isrc(code) {
  const parts = isrcParts(code);
  return parts
    ? el("span", { class: "isrc" }, ...parts.map(([meaning, part]) => el("span", {}, el("code", {}, part), el("small", {}, meaning))))
    : el("code", {}, code);
}

/** The strip that records from Japan wear. @param {Album} album */
function obi(album) {
  return el("span", { class: "obi", "aria-hidden": "true" }, el("b", {}, album.label || album.type), el("span", {}, album.upc ?? album.release_date));
}

/** @param {Track[]} tracks @returns {[number, Track[]][]} */
function discs(tracks) {
  return [...Map.groupBy(tracks, track => track.disc_number)];
}

/** A track among others with the same code: what tells them apart is the album. @param {Track} track */
function albumTrackRow(track) {
  return el("li", {}, go(`?track=${track.id}`, {},
    sleeve(track.album?.id ?? track.id, track.album?.images, 48),
    el("span", { class: "what" }, el("span", { class: "title" }, name(track.name)), track.album && el("span", { class: "by" }, name(track.album.name))),
    el("span", { class: "length" }, duration(track.duration_ms))));
}

/** @param {Track} track @param {Album} album */
function trackRow(track, album) {
  const albumArtists = new Set(album.artists?.map(artist => artist.id));
  const guests = (track.artists ?? []).filter(artist => !albumArtists.has(artist.id));
  return el("li", {}, go(`?track=${track.id}`, {},
    el("span", { class: "number" }, track.track_number),
    el("span", { class: "what" },
      el("span", { class: "title" }, name(track.name), track.explicit && el("abbr", { title: "explicit" }, "E")),
      guests.length > 0 && el("span", { class: "by" }, "with ", ...guests.flatMap((guest, at) => (at ? [", ", name(guest.name, "Unnamed")] : [name(guest.name, "Unnamed")])))),
    el("span", { class: "length" }, duration(track.duration_ms))));
}
