// Lists as people have them: tables that services export, playlists, or a track a line.

/**
 * What is known of a track, as the server takes it.
 * @typedef {{ title?: string, artist?: string, album?: string, duration_ms?: number, isrc?: string, track_number?: number, disc_number?: number, year?: number, explicit?: boolean, q?: string }} Item
 */
/**
 * One track of a list: what stands there by column, and the lines of a playlist above it that say other things.
 * @typedef {{ item: Item, cells: string[], comments: string[] }} Row
 */
/** @typedef {{ format: "csv" | "m3u8", columns: string[], delimiter: string, rows: Row[] }} List */

/** Why a text is no list. */
export class NoList extends Error {}

/** What a row of a playlist has, for those who want a table of it. */
const playlistColumns = ["location", "text", "duration_ms"];
/** What a playlist's line with the findings begins with. */
export const mark = "#METADATA-API:";
/** Characters of a value that the server takes. */
const maxText = 1000;
const maxDuration = 86_400_000;
/** Lengths without a unit from here on are milliseconds, below they are seconds. */
const leastMilliseconds = 10_000;

/** By what names exports of players and services call the columns, without case, spaces and signs. */
const names = {
  title: ["title", "trackname", "tracktitle", "songname", "songtitle", "song", "track", "name"],
  artist: ["artist", "artists", "artistname", "artistnames", "trackartist", "performer", "albumartist"],
  album: ["album", "albumname", "albumtitle", "release", "releasename"],
  duration: [
    "durationms", "trackdurationms", "lengthms", "timems", "durationseconds", "durationsec", "durations", "lengthseconds", "duration",
    "trackduration", "length", "time", "tracklength",
  ],
  isrc: ["isrc", "isrccode", "trackisrc"],
  track_number: ["tracknumber", "trackno", "tracknr", "tracknum", "track#", "#"],
  disc_number: ["discnumber", "disknumber", "discno", "disc", "disk", "disc#"],
  year: ["year", "releaseyear", "releasedate", "albumreleasedate", "date"],
  explicit: ["explicit", "isexplicit"],
  q: ["q", "query", "text"],
};

/**
 * Reads a list.
 * @param {string} text
 * @param {string} [file] its name; nothing for pasted text, which may be a track a line
 * @returns {List}
 */
export function readList(text, file = "") {
  if (text.trim() === "") { throw new NoList("There is nothing in it."); }
  if (/^\s*#EXT/i.test(text) || /\.m3u8?$/i.test(file)) { return readPlaylist(text); }
  const told = /^sep=(.)\r?\n/i.exec(text);
  const delimiter = told?.[1] ?? delimiterOf(text);
  const cells = split(told ? text.slice(told[0].length) : text, delimiter);
  const [columns = [], ...rows] = cells;
  const find = finder(columns);
  const isTable = ["title", "isrc", "q"].some(field => find(/** @type {keyof typeof names} */ (field)) >= 0);
  if (isTable && (file || columns.length > 1)) {
    return { format: "csv", columns, delimiter, rows: rows.map(row => ({ item: itemOf(row, columns, find), cells: row, comments: [] })) };
  }

  if (/\.(csv|tsv)$/i.test(file)) {
    throw new NoList("No column could be a title: the first line must name the columns, such as title,artist,album,duration_ms,isrc.");
  }

  const lines = text.split(/\r\n|[\r\n]/).map(line => line.trim()).filter(line => line);
  return { format: "csv", columns: ["text"], delimiter: ",", rows: lines.map(line => ({ item: { q: cut(line) }, cells: [line], comments: [] })) };
}

/** The text of a file: UTF-8, UTF-16 behind a byte order mark, or what older players and spreadsheets write. @param {ArrayBuffer} bytes */
export function decode(bytes) {
  const [first, second] = new Uint8Array(bytes);
  if (first === 0xff && second === 0xfe) { return new TextDecoder("utf-16le").decode(bytes); }
  if (first === 0xfe && second === 0xff) { return new TextDecoder("utf-16be").decode(bytes); }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** @param {string} text @returns {List} */
function readPlaylist(text) {
  /** @type {Row[]} */
  const rows = [];
  const none = () => ({ title: "", artist: "", album: "", duration: /** @type {number | undefined} */ (undefined), comments: /** @type {string[]} */ ([]) });
  let entry = none();
  for (const line of text.split(/\r\n|[\r\n]/).map(one => one.trim()).filter(one => one)) {
    const information = rest(line, "#EXTINF:");
    if (information !== null) {
      const [, seconds, title] = /** @type {RegExpExecArray} */ (/^([^\s,]*)(?:"[^"]*"|[^",])*,?(.*)$/.exec(information));
      entry.duration = durationOf(seconds, 1000);
      entry.title = title.trim();
    } else if (line.startsWith("#")) {
      entry.album = rest(line, "#EXTALB:") ?? entry.album;
      entry.artist = rest(line, "#EXTART:") ?? entry.artist;
      if (rest(line, "#EXTM3U") === null && rest(line, mark) === null) { entry.comments.push(line); }
    } else {
      const name = cut(entry.title || nameOf(line));
      const item = { ...(entry.artist ? { title: name, artist: cut(entry.artist) } : { q: name }), album: cut(entry.album) || undefined, duration_ms: entry.duration };
      rows.push({ item, cells: [line, entry.title, String(entry.duration ?? "")], comments: entry.comments });
      entry = none();
    }
  }

  return { format: "m3u8", columns: playlistColumns, delimiter: ",", rows };
}

/** @param {string} line @param {string} opening */
function rest(line, opening) {
  return line.slice(0, opening.length).toUpperCase() === opening ? line.slice(opening.length).trim() : null;
}

/** The name of a file, without folder and extension. @param {string} location */
function nameOf(location) {
  let path = location;
  if (location.includes("://")) {
    path = location.split(/[?#]/)[0];
    try {
      path = decodeURIComponent(path);
    } catch {
      // A percent sign that is none of an address.
    }
  }

  return path.replace(/^.*[/\\]/s, "").replace(/(.)\.[^.\s]{1,4}$/s, "$1");
}

/** What stands most often in the first line, outside of quotation marks. @param {string} text */
function delimiterOf(text) {
  const counts = new Map([",", ";", "\t", "|"].map(one => [one, 0]));
  let isQuoted = false;
  for (const character of text.trimStart()) {
    if (character === '"') { isQuoted = !isQuoted; }
    if (!isQuoted && /[\r\n]/.test(character)) { break; }
    const count = counts.get(character);
    if (!isQuoted && count !== undefined) { counts.set(character, count + 1); }
  }

  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}

/**
 * The rows of a table that hold anything. A quotation mark counts only at the beginning of a value.
 * @param {string} text @param {string} delimiter
 */
function split(text, delimiter) {
  /** @type {string[][]} */
  const rows = [];
  /** @type {string[]} */
  let row = [];
  let at = 0;
  while (at <= text.length) {
    let value = "";
    if (text[at] === '"') {
      at++;
      for (;;) {
        const end = text.indexOf('"', at);
        if (end < 0) { throw new NoList(`A quotation mark in row ${rows.length + 1} is not closed.`); }
        value += text.slice(at, end);
        at = end + 1;
        if (text[at] !== '"') { break; }
        value += '"';
        at++;
      }
    }

    const start = at;
    while (at < text.length && text[at] !== delimiter && text[at] !== "\r" && text[at] !== "\n") { at++; }
    row.push(value + text.slice(start, at));
    if (text[at] !== delimiter) {
      if (row.some(one => one.trim() !== "")) { rows.push(row); }
      row = [];
      if (text[at] === "\r" && text[at + 1] === "\n") { at++; }
    }

    at++;
  }

  return rows;
}

/** Where the columns of the fields are. @param {string[]} columns */
function finder(columns) {
  const plain = columns.map(plainName);
  return (/** @type {keyof typeof names} */ field) => names[field].map(name => plain.indexOf(name)).find(at => at >= 0) ?? -1;
}

/** @param {string} name */
function plainName(name) {
  return name.toLowerCase().replace(/[^\p{L}\p{N}#]/gu, "");
}

/** What a row says; what makes no sense in it counts as not given. @param {string[]} row @param {string[]} columns @param {ReturnType<typeof finder>} find @returns {Item} */
function itemOf(row, columns, find) {
  const at = (/** @type {keyof typeof names} */ field) => cut((row[find(field)] ?? "").trim()) || undefined;
  const unit = plainName(columns[find("duration")] ?? "");
  return {
    title: at("title"),
    artist: at("artist"),
    album: at("album"),
    duration_ms: durationOf(at("duration") ?? "", unit.endsWith("ms") ? 1 : /seconds$|sec$|ns$/.test(unit) ? 1000 : null),
    isrc: at("isrc"),
    track_number: numberOf(at("track_number")),
    disc_number: numberOf(at("disc_number")),
    year: numberOf(/^[1-9]\d{3}(?!\d)/.exec(at("year") ?? "")?.[0]),
    explicit: /^(true|1|yes)$/i.test(at("explicit") ?? "") ? true : /^(false|0|no)$/i.test(at("explicit") ?? "") ? false : undefined,
    q: at("q"),
  };
}

/** A length in milliseconds: 3:45, 1:02:03, or a number in a unit. @param {string} text @param {number | null} unit */
function durationOf(text, unit) {
  const parts = text.split(":");
  if (!parts.every(part => /^\d+(\.\d*)?$/.test(part.trim()))) { return undefined; }
  const value = parts.reduce((sum, part) => sum * 60 + Number(part), 0);
  const milliseconds = Math.round(value * (parts.length > 1 ? 1000 : unit ?? (value < leastMilliseconds ? 1000 : 1)));
  return milliseconds > 0 && milliseconds <= maxDuration ? milliseconds : undefined;
}

/** A whole number, alone or of several, as in 3/12. @param {string | undefined} text */
function numberOf(text) {
  const digits = /^(\d{1,9})(\/|$)/.exec(text ?? "");
  return digits && Number(digits[1]) > 0 ? Number(digits[1]) : undefined;
}

/** As much of a text as counts, without half of a character at its end or anywhere. @param {string} text */
function cut(text) {
  return text.slice(0, text.codePointAt(maxText - 1) === text.charCodeAt(maxText - 1) ? maxText : maxText - 1).toWellFormed();
}
