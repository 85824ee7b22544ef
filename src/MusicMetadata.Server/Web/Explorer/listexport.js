// Lists with what was found, as the command line writes them.
import { mark } from "./listtext.js";

/** @typedef {{ decision: string, score: number, track: Track | null }} Found */
/** @typedef {import("./listtext.js").List} List */

/** The columns of what was found. Their names begin alike, for the list has a title and an artist of its own. */
const columns = ["match_decision", "match_score", "match_track_id", "match_isrc", "match_title", "match_artist", "match_album"];

/** The formats, by the ending of a file's name. */
export const formats = {
  csv: { type: "text/csv", write: toCsv },
  m3u8: { type: "audio/x-mpegurl", write: toM3u8 },
  json: { type: "application/json", write: toJson },
};

/** @param {List} list @param {Found[]} found */
function toCsv(list, found) {
  const kept = list.columns.flatMap((column, at) => (columns.includes(column) ? [] : [at]));
  const line = (/** @type {string[]} */ cells) => cells.map(cell => quoted(cell, list.delimiter)).join(list.delimiter) + "\n";
  return line([...kept.map(at => list.columns[at]), ...columns]) + list.rows.map(({ cells }, at) => {
    const { decision, score, track } = found[at];
    const about = track ? [String(score), track.id, track.isrc ?? "", track.name, artistOf(track), track.album?.name ?? ""] : ["", "", "", "", "", ""];
    return line([...kept.map(column => cells[column] ?? ""), decision, ...about, ...cells.slice(list.columns.length)]);
  }).join("");
}

/** @param {List} list @param {Found[]} found */
function toM3u8(list, found) {
  const lines = list.rows.flatMap(({ item, cells, comments }, at) => {
    const { decision, score, track } = found[at];
    const given = list.format === "m3u8" ? cells[1] : item.artist ? `${item.artist} - ${item.title}` : item.title ?? item.q ?? item.isrc ?? "?";
    const isSure = track && ["accept", "chosen"].includes(decision);
    const title = isSure ? `${artistOf(track)} - ${track.name}` : given;
    const duration = isSure ? track.duration_ms : item.duration_ms;
    return [
      ...comments,
      ...(title || duration !== undefined ? [`#EXTINF:${duration === undefined ? -1 : Math.round(duration / 1000)},${title}`] : []),
      `${mark}decision=${decision}${track ? ` score=${score} id=${track.id} isrc=${track.isrc ?? ""}` : ""}`,
      list.format === "m3u8" ? cells[0] : given,
    ];
  });
  return ["#EXTM3U", ...lines].map(one => one.replaceAll(/[\r\n]+/g, " ") + "\n").join("");
}

/** @param {List} list @param {Found[]} found */
function toJson(list, found) {
  return JSON.stringify(list.rows.map(({ cells }, at) => {
    const { decision, score, track } = found[at];
    const about = track && {
      score, track_id: track.id, isrc: track.isrc ?? "", title: track.name, artist: artistOf(track), album: track.album?.name ?? "",
      duration_ms: track.duration_ms,
    };
    return { row: at + 1, decision, ...about, input: Object.fromEntries(list.columns.map((column, index) => [column, cells[index] ?? ""])) };
  }), null, 1) + "\n";
}

/** @param {Track} track */
export function artistOf(track) {
  return (track.artists ?? []).map(artist => artist.name).join(", ");
}

/** @param {string} cell @param {string} delimiter */
function quoted(cell, delimiter) {
  return cell.includes(delimiter) || /["\r\n]|^ | $/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
