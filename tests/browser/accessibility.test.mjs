// What axe-core finds in each view of the explorer, in both colour schemes and at both ends of the range of windows.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { getJson } from "./http.mjs";
import { openFor, shared, test } from "./program.mjs";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const started = shared();

for (const colorScheme of ["light", "dark"]) {
  for (const viewport of [{ width: 390, height: 844 }, { width: 1440, height: 900 }]) {
    test(`No serious fault in ${colorScheme} at ${viewport.width} pixels`, async t => {
      const { server, browser } = started;
      const [track] = await getJson(server.address + "search/track?q=love&limit=1");
      const views = {
        start: "", search: "?q=love", nothing: "?q=zzzzzzzz", track: `?track=${track.id}`, album: `?album=${track.album.id}`,
        artist: `?artist=${track.artists[0].id}`, code: `?isrc=${track.isrc}`, json: `?track=${track.id}&json`, missing: "?track=nope",
      };
      // axe is put in by the browser's debugger, which the page's policy does not bind.
      const page = await openFor(t, browser, server.address, { colorScheme, viewport, reducedMotion: "reduce" });
      for (const [view, path] of Object.entries(views)) {
        await page.goto(server.address + path, { waitUntil: "networkidle" });
        await page.waitForSelector(".command, .notice");
        await page.evaluate(axeSource);
        const result = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
        assert.ok(result.passes.length > 10, `${view}: axe looked at nothing`);
        const serious = result.violations.filter(violation => ["serious", "critical"].includes(violation.impact));
        const told = serious.flatMap(({ id, nodes }) => nodes.map(node => `${view}: ${id} ${node.target} ${node.failureSummary}`));
        assert.deepEqual(told, []);
      }
    });
  }
}
