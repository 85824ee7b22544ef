// What axe-core finds in each view of the explorer, in both colour schemes and at both ends of the range of windows.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { launch, open, serve } from "./program.mjs";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
let server, browser, views;
before(async () => {
  server = await serve(process.env.DEMO);
  browser = await launch();
  const [track] = await (await fetch(server.address + "search/track?q=love&limit=1")).json();
  views = {
    start: "", search: "?q=love", nothing: "?q=zzzzzzzz", track: `?track=${track.id}`, album: `?album=${track.album.id}`, artist: `?artist=${track.artists[0].id}`,
    code: `?isrc=${track.isrc}`, json: `?track=${track.id}&json`, missing: "?track=nope",
  };
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

for (const colorScheme of ["light", "dark"]) {
  for (const viewport of [{ width: 390, height: 844 }, { width: 1440, height: 900 }]) {
    test(`No serious fault in ${colorScheme} at ${viewport.width} pixels`, async () => {
      // axe is put in by the browser's debugger, which the page's policy does not bind.
      const page = await open(browser, server.address, { colorScheme, viewport, reducedMotion: "reduce" });
      for (const [view, path] of Object.entries(views)) {
        await page.goto(server.address + path, { waitUntil: "networkidle" });
        await page.waitForSelector(".command, .notice");
        await page.evaluate(await readAxe());
        const result = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
        assert.ok(result.passes.length > 10, `${view}: axe looked at nothing`);
        const serious = result.violations.filter(violation => ["serious", "critical"].includes(violation.impact));
        assert.deepEqual(serious.map(violation => `${view}: ${violation.id} ${violation.nodes.map(node => node.target + " " + node.failureSummary).join("; ")}`), []);
      }

      await page.context().close();
    });
  }
}

let source;
async function readAxe() {
  source ??= await (await import("node:fs/promises")).readFile(axe, "utf8");
  return source;
}
