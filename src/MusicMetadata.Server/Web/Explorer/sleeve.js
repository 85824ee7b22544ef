// Sleeves and portraits. Every record has one: drawn from its id, so that it always looks the same, and covered by the catalog's picture once
// that has loaded. A picture that is missing, or on a host that cannot be reached, leaves the drawing.
import { el, svg } from "./dom.js";

/** Ground, first shape, second shape. */
const palettes = [
  ["#e5431f", "#15171c", "#f4e9d8"],
  ["#2438c8", "#f7c6d0", "#f4f1e8"],
  ["#e8a317", "#1d3b36", "#f6efe0"],
  ["#12523e", "#f0b64b", "#efe9dc"],
  ["#5b1b45", "#ff8f6b", "#f5e6e0"],
  ["#8cc4e8", "#0f2a4a", "#f25c2a"],
  ["#2b2e37", "#d9ff3f", "#f2efe6"],
  ["#f2a7b5", "#b5122e", "#2a1418"],
  ["#b9bdb8", "#14161a", "#e5431f"],
  ["#f3efe2", "#1a47b8", "#e5431f"],
];

/**
 * A picture on its drawing.
 * @param {string} seed what decides the drawing, an id
 * @param {Image[] | undefined} images
 * @param {number} size pixels it will be shown at
 * @param {string} [shape] class of its frame
 */
export function sleeve(seed, images, size, shape = "sleeve") {
  const frame = el("span", { class: shape, "aria-hidden": "true" });
  frame.append(draw(seed));
  const source = pick(images, size * Math.min(devicePixelRatio, 2));
  if (source) {
    const picture = el("img", { src: source, alt: "", loading: "lazy", decoding: "async", width: size, height: size });
    picture.addEventListener("load", () => picture.classList.add("loaded"));
    picture.addEventListener("error", () => picture.remove());
    frame.append(picture);
  }

  return frame;
}

/** The colours that go with a drawing, for what surrounds it. @param {string} seed */
export function colours(seed) {
  const [ground, first, second] = palettes[Math.floor(random(seed)() * palettes.length)];
  return { ground, first, second };
}

/**
 * The smallest picture that is large enough, else the widest. @param {Image[] | undefined} images @param {number} pixels
 * @returns {string | null} null when there is none on the web
 */
function pick(images, pixels) {
  const shown = (images ?? []).filter(image => isShown(image.url));
  const enough = shown.filter(image => image.width >= pixels).at(-1);
  return (enough ?? shown[0])?.url ?? null;
}

/** Invented catalogs name hosts that can never exist (RFC 2606): not worth asking for. @param {string} url */
function isShown(url) {
  return url.startsWith("data:image/") || (url.startsWith("https://") && URL.canParse(url) && !/\.(example|invalid)$/.test(new URL(url).hostname));
}

/** @param {string} seed */
function draw(seed) {
  const next = random(seed);
  const [ground, first, second] = palettes[Math.floor(next() * palettes.length)];
  const compose = compositions[Math.floor(next() * compositions.length)];
  return svg("svg", { viewBox: "0 0 120 120", preserveAspectRatio: "xMidYMid slice" }, svg("rect", { width: 120, height: 120, fill: ground }), ...compose(next, first, second));
}

/** @type {((next: () => number, first: string, second: string) => Node[])[]} */
const compositions = [
  // Grooves around a label.
  (next, first, second) => {
    const x = 30 + next() * 60, y = 30 + next() * 60;
    return [
      svg("circle", { cx: x, cy: y, r: 52, fill: first }),
      ...[44, 37, 30].map(r => svg("circle", { cx: x, cy: y, r, fill: "none", stroke: second, "stroke-width": 1.2 })),
      svg("circle", { cx: x, cy: y, r: 17, fill: second }),
      svg("circle", { cx: x, cy: y, r: 3, fill: first }),
    ];
  },
  // Quarter circles on a grid.
  (next, first, second) => Array.from({ length: 9 }, (_, at) => {
    const x = (at % 3) * 40, y = Math.floor(at / 3) * 40;
    const turn = Math.floor(next() * 4) * 90;
    return svg("path", { d: "M0 0H40.3A40.3 40.3 0 0 1 0 40.3Z", fill: next() < 0.6 ? first : second, transform: `translate(${x} ${y}) rotate(${turn} 20 20)` });
  }),
  // Bars of a level meter.
  (next, first, second) => Array.from({ length: 8 }, (_, at) => {
    const height = 15 + next() * 90;
    return svg("rect", { x: 8 + at * 13.2, y: 120 - height, width: 9, height, fill: next() < 0.75 ? first : second });
  }),
  // Dots that grow.
  (next, first, second) => {
    const flip = next() < 0.5;
    return Array.from({ length: 49 }, (_, at) => {
      const column = at % 7, row = Math.floor(at / 7);
      return svg("circle", { cx: 12 + column * 16, cy: 12 + row * 16, r: 1.5 + (flip ? row : column) * 1.05, fill: (column + row) % 5 === 0 ? second : first });
    });
  },
  // A low sun over stripes.
  (next, first, second) => [
    svg("circle", { cx: 60, cy: 30 + next() * 35, r: 26 + next() * 14, fill: second }),
    ...Array.from({ length: 5 }, (_, at) => svg("rect", { x: 0, y: 62 + at * 12, width: 120, height: 2.5 + at * 2, fill: first })),
  ],
  // Arcs.
  (next, first, second) => {
    const turn = Math.floor(next() * 4) * 90;
    return [svg("g", { transform: `rotate(${turn} 60 60)`, fill: "none", "stroke-width": 11 }, ...[24, 46, 68, 90, 112].map((r, at) => svg("circle", { cx: 0, cy: 120, r, stroke: at % 2 ? second : first })))];
  },
  // Slanting blocks.
  (next, first, second) => {
    const at = 20 + next() * 40;
    return [
      svg("path", { d: `M0 ${at}L120 ${at - 20}V${at + 25}L0 ${at + 45}Z`, fill: first }),
      svg("path", { d: `M0 ${at + 55}L120 ${at + 35}V120H0Z`, fill: second }),
    ];
  },
];

/** Numbers from 0 to 1 that follow from a text (FNV-1a, then mulberry32). @param {string} seed */
function random(seed) {
  let state = 2166136261;
  for (const character of seed) { state = Math.imul(state ^ /** @type {number} */ (character.codePointAt(0)), 16777619); }
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
