// The only place that makes elements. Text goes in as text nodes: names in the catalog may look like markup and must stay names.

/** @typedef {Node | string | number | null | undefined | false} Child */

/**
 * Makes an element. Attributes that are null, undefined or false are left out; children that are too.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string | number | boolean | null | undefined>} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  setAttributes(element, attributes);
  element.append(...children.flat().filter(isThere).map(child => (child instanceof Node ? child : String(child))));
  return element;
}

/**
 * Makes an SVG element.
 * @param {string} tag
 * @param {Record<string, string | number | boolean | null | undefined>} [attributes]
 * @param {...Node} children
 */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  setAttributes(element, attributes);
  element.append(...children);
  return element;
}

/**
 * A name from the catalog: text in any script, read in its own direction and, where the script tells, its own language.
 * @param {string} text
 * @param {string} [missing] what stands for an empty name
 */
export function name(text, missing = "Untitled") {
  return text.trim() === ""
    ? el("em", { class: "missing" }, missing)
    : el("bdi", { dir: "auto", lang: languageOf(text) }, text);
}

/**
 * A link inside the page, followed without loading it again.
 * @param {string} href
 * @param {Record<string, string>} attributes
 * @param {...(Child | Child[])} children
 */
export function go(href, attributes, ...children) {
  return el("a", { ...attributes, href, "data-go": "" }, ...children);
}

/** @param {string} text */
export function announce(text) {
  /** @type {HTMLElement} */ (document.getElementById("live")).textContent = text;
}

/**
 * The language that a script gives away, for fonts and voices: the same Han characters look different in Japan and China.
 * @param {string} text
 */
export function languageOf(text) {
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) { return "ja"; }
  if (/\p{Script=Hangul}/u.test(text)) { return "ko"; }
  if (/\p{Script=Han}/u.test(text)) { return "zh"; }
  if (/\p{Script=Arabic}/u.test(text)) { return "ar"; }
  if (/\p{Script=Hebrew}/u.test(text)) { return "he"; }
  if (/\p{Script=Thai}/u.test(text)) { return "th"; }
  if (/\p{Script=Greek}/u.test(text)) { return "el"; }
  return null;
}

/** @param {Element} element @param {Record<string, string | number | boolean | null | undefined>} attributes */
function setAttributes(element, attributes) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(key, value === true ? "" : String(value));
    }
  }
}

/** @param {Child} child @returns {child is Node | string | number} */
function isThere(child) {
  return child !== null && child !== undefined && child !== false;
}
