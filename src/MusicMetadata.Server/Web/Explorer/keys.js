// The keyboard: / to the search field, Escape back to it, arrows from one link to the nearest in that direction.

const arrows = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

/** @param {HTMLInputElement} field @param {HTMLElement} main */
export function listenToKeys(field, main) {
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) { return; }
    const focused = document.activeElement;
    if (event.key === "/" && !isEditable(focused)) {
      event.preventDefault();
      field.focus();
      field.select();
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (focused === field) {
        field.value = "";
        field.dispatchEvent(new Event("input"));
      }

      field.focus();
    } else if (event.key in arrows) {
      move(/** @type {keyof typeof arrows} */ (event.key), event);
    }
  });

  /** @param {keyof typeof arrows} key @param {KeyboardEvent} event */
  function move(key, event) {
    const focused = document.activeElement;
    const links = [...main.querySelectorAll("a")];
    if (focused === field && key === "ArrowDown" && links.length > 0) {
      event.preventDefault();
      links[0].focus();
    } else if (focused instanceof HTMLAnchorElement && main.contains(focused)) {
      const next = nearest(focused, links, arrows[key]);
      if (next ?? key === "ArrowUp") {
        event.preventDefault();
        (next ?? field).focus();
      }
    }
  }
}

/** The link that is nearest in a direction, going aside counting double. @param {HTMLElement} from @param {HTMLElement[]} links @param {number[]} direction */
function nearest(from, links, [dx, dy]) {
  const start = from.getBoundingClientRect();
  let best = null;
  let shortest = Infinity;
  for (const link of links) {
    const box = link.getBoundingClientRect();
    const x = box.left - start.left;
    const y = box.top - start.top;
    const ahead = x * dx + y * dy;
    const distance = ahead + 2 * Math.abs(x * dy) + 2 * Math.abs(y * dx);
    if (link !== from && ahead > 1 && distance < shortest) {
      best = link;
      shortest = distance;
    }
  }

  return best;
}

/** @param {Element | null} element */
function isEditable(element) {
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
}
