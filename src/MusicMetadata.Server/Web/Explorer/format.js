// Numbers, dates and codes as people read them.

/** @param {number} ms */
export function duration(ms) {
  const seconds = Math.round(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  const rest = String(seconds % 60).padStart(2, "0");
  return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${rest}`;
}

/** @param {number} count @param {string} one @param {string} [many] */
export function counted(count, one, many = one + "s") {
  return `${whole(count)} ${count === 1 ? one : many}`;
}

/** @param {number} value */
export function whole(value) {
  return new Intl.NumberFormat("en").format(value);
}

/** Short, as 18.2K. @param {number} value */
export function compact(value) {
  return new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 }).format(value);
}

/** Time that an answer took. @param {number} ms */
export function took(ms) {
  return ms < 10 ? `${ms.toFixed(1)} ms` : ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/**
 * A release date as exactly as it is known. @param {string} date @param {string} precision
 */
export function released(date, precision) {
  const [year, month = "01", day = "01"] = date.split("-");
  if (!/^\d{4}$/.test(year) || year === "0000") { return "Date unknown"; }
  if (precision === "year") { return year; }
  const parts = precision === "month" ? { month: "long", year: "numeric" } : { day: "numeric", month: "long", year: "numeric" };
  const time = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return Number.isNaN(time.getTime()) ? date : new Intl.DateTimeFormat("en-GB", { .../** @type {Intl.DateTimeFormatOptions} */ (parts), timeZone: "UTC" }).format(time);
}

/** @param {string} date */
export function year(date) {
  return /^\d{4}/.test(date) && !date.startsWith("0000") ? date.slice(0, 4) : "";
}

/** The name of an ISO 639 code. @param {string} code */
export function language(code) {
  if (code === "zxx") { return "No words"; }
  try {
    return new Intl.DisplayNames("en", { type: "language" }).of(code) ?? code;
  } catch {
    return code; // The catalog holds codes that are none.
  }
}

/** A code such as main_artist as words. @param {string} role */
export function words(role) {
  return role.replaceAll("_", " ");
}

/**
 * The four parts of an ISRC; null for codes that the standard does not allow. @param {string} isrc
 * @returns {[string, string][] | null}
 */
export function isrcParts(isrc) {
  const match = /^([A-Z]{2})-?([A-Z0-9]{3})-?(\d{2})-?(\d{5})$/i.exec(isrc.trim());
  return match && [["country", match[1]], ["registrant", match[2]], ["year", match[3]], ["recording", match[4]]];
}
