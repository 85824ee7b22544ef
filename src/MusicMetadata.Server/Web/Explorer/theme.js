"use strict";

// Runs before anything is painted, so that nobody who chose dark is shown a white page first. Also loaded by the documentation page, whose
// style sheet gave the class its name.
{
  const system = matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null; // Storage is forbidden: follow the system.
    }
  };
  const apply = () => document.documentElement.classList.toggle("dark-mode", (chosen() ?? (system.matches ? "dark" : "light")) === "dark");
  apply();
  system.addEventListener("change", apply);
}
