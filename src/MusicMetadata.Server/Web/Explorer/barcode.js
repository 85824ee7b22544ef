// A UPC as the bars on the back of the sleeve (GS1 General Specifications, EAN/UPC symbols).
import { svg } from "./dom.js";

const odd = ["0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011"];
/** Which of the six left digits have even parity, by the first digit. */
const parities = ["OOOOOO", "OOEOEE", "OOEEOE", "OOEEEO", "OEOOEE", "OEEOOE", "OEEEOO", "OEOEOE", "OEOEEO", "OEEOEO"];

/**
 * Bars for a code of 12 or 13 digits, or 14 that begin with 0; null for any other. The check digit is drawn as it stands in the catalog.
 * @param {string} upc
 */
export function barcode(upc) {
  const digits = upc.length === 14 && upc.startsWith("0") ? upc.slice(1) : upc.padStart(13, "0");
  if (!/^\d{13}$/.test(digits) || upc.length < 12) { return null; }
  const left = [...digits.slice(1, 7)].map((digit, at) => (parities[Number(digits[0])][at] === "O" ? odd[Number(digit)] : even(Number(digit))));
  const right = [...digits.slice(7)].map(digit => invert(odd[Number(digit)]));
  const modules = `101${left.join("")}01010${right.join("")}101`;
  const bars = [...modules].flatMap((module, x) => (module === "1" ? [svg("rect", { x, y: 0, width: 1, height: isGuard(x) ? 34 : 30 })] : []));
  return svg("svg", { class: "barcode", viewBox: "0 0 95 34", "aria-hidden": "true", "shape-rendering": "crispEdges" }, ...bars);
}

/** @param {number} digit */
function even(digit) {
  return [...invert(odd[digit])].reverse().join("");
}

/** @param {string} modules */
function invert(modules) {
  return [...modules].map(module => (module === "1" ? "0" : "1")).join("");
}

/** @param {number} x */
function isGuard(x) {
  return x < 3 || x > 91 || (x > 44 && x < 50);
}
