// screenshots.mjs DATABASE FOLDER: pictures of every view, at phone and desktop width, in light and dark, to be looked at. The README shows
// two of them. METADATA_API_EXECUTABLE names the executable.
import { mkdirSync } from "node:fs";
import { getJson } from "./http.mjs";
import { launch, open, serve } from "./program.mjs";

const [, , database, folder] = process.argv;
mkdirSync(folder, { recursive: true });
const server = await serve(database);
const browser = await launch();
const [track] = await getJson(server.address + "search/track?q=love&limit=1");
const views = {
  start: "", search: "?q=love", track: `?track=${track.id}`, album: `?album=${track.album.id}`, artist: `?artist=${track.artists[0].id}`,
  json: `?track=${track.id}&json`, missing: "?track=nope", docs: "docs",
};
for (const colorScheme of ["light", "dark"]) {
  for (const [size, viewport] of [["phone", { width: 390, height: 844 }], ["desktop", { width: 1280, height: 800 }]]) {
    const page = await open(browser, server.address, { colorScheme, viewport });
    for (const [view, path] of Object.entries(views)) {
      // Twice: the second shows what the search itself takes, not how fresh the process is.
      await page.goto(server.address + path, { waitUntil: "networkidle" });
      await page.reload({ waitUntil: "networkidle" });
      await page.screenshot({ path: `${folder}/${view}-${size}-${colorScheme}.png` });
    }

    await page.context().close();
  }
}

// Ends the server and the browser too, as an error does.
process.exit();
