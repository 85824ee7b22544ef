// "Match a list" in a real browser, on the demo's invented catalog.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { get, getJson, waitTimeout } from "./http.mjs";
import { openFor, serveFor, shared, test } from "./program.mjs";

const { DEMO, CONFORMANCE, METADATA_API_EXECUTABLE } = process.env;
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const started = shared();

/** Tracks that one line can name. */
async function known(count) {
  const tracks = await getJson(started.server.address + `search/track?q=love&limit=50`);
  return tracks.filter(track => track.artists?.length && /^\S.*\S$/.test(track.name) && !/^\s|["\\]/.test(track.artists[0].name)).slice(0, count);
}

const line = track => `${track.artists[0].name} - ${track.name}`;
const quoted = text => `"${text.replaceAll('"', '""')}"`;
const table = tracks => "Track Name,Artist Name(s),Album Name,Track Duration (ms)\r\n" + tracks.map(track =>
  [track.name, track.artists.map(artist => artist.name).join(", "), track.album.name, String(track.duration_ms)].map(quoted).join(",") + "\r\n").join("");

/** Runs a test on the page, and holds that nothing happened that must not. */
function onPage(name, run, options) {
  test(name, async t => {
    const page = await openFor(t, started.browser, started.server.address, options);
    await page.goto(started.server.address + "?match");
    await page.waitForSelector("#list");
    await run(page, t);
    assert.deepEqual(page.faults, []);
  });
}

async function paste(page, text) {
  await page.locator("#list").fill(text);
  await page.locator(".paste button").click();
  await page.waitForSelector(".matched [data-format=csv]:visible");
}

/** What a button saves. */
async function save(page, format) {
  const [download] = await Promise.all([
    page.waitForEvent("download", { timeout: waitTimeout }), page.locator(`[data-format=${format}]`).click(),
  ]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
}

const decisions = page => page.locator(".matches li").evaluateAll(rows => rows.map(row => row.dataset.decision));

onPage("The start page leads to it, and pasted lines are matched", async page => {
  await page.goto(started.server.address);
  await page.locator("nav a", { hasText: "Match a list" }).click();
  await page.waitForURL("**/?match");
  assert.equal(await page.title(), "Match a list · Music Metadata");
  const tracks = await known(5);
  await paste(page, [...tracks.map(line), "zzqq xxyy - qqzz yyxx", "", "  "].join("\n"));
  assert.equal(await page.locator(".matches li").count(), tracks.length + 1);
  assert.equal((await decisions(page)).at(-1), "none");
  assert.match(await page.locator("#live").textContent(), /^Matched 6 rows: [1-5] accepted, .*[1-5] not found$/);
  const shown = await page.locator(".matches .given").allTextContents();
  assert.deepEqual(shown.slice(0, -1), tracks.map(line));
});

onPage("A table is matched as the command line does it, and saved in each format", async (page, t) => {
  const folder = mkdtempSync(join(tmpdir(), "list-test-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const tracks = await known(20);
  const text = table(tracks) + "No such thing anywhere,Nobody at all,,\r\n7\" mix of nothing,\"Nobody, \"\"really\"\"\",,3:45,surplus\r\nshort\r\n";
  writeFileSync(join(folder, "my list.csv"), text);
  await page.locator("#list-file").setInputFiles(join(folder, "my list.csv"));
  await page.waitForSelector(".matched [data-format=csv]:visible");
  const found = await decisions(page);
  assert.equal(found.length, tracks.length + 3);
  assert.ok(found.filter(one => one === "accept").length > tracks.length / 2, found.join());
  for (const format of ["csv", "m3u8", "json"]) {
    const { name, text: saved } = await save(page, format);
    assert.equal(name, `my list-matched.${format}`);
    const told = execFileSync(
      METADATA_API_EXECUTABLE, ["match", join(folder, "my list.csv"), "-db", DEMO, "-format", format], { encoding: "utf8", timeout: waitTimeout });
    if (format === "json") {
      assert.deepEqual(withoutMissing(JSON.parse(saved)), withoutMissing(JSON.parse(told)));
    } else {
      assert.equal(saved, told);
    }
  }
});

/** Columns that a row lacks are empty for the one and missing for the other. */
function withoutMissing(rows) {
  return rows.map(row => ({ ...row, input: Object.fromEntries(Object.entries(row.input).filter(([, value]) => value !== "")) }));
}

onPage("A playlist can be dropped, and keeps its files", async page => {
  const [track] = await known(1);
  const text = `#EXTM3U\r\n#EXTINF:${Math.round(track.duration_ms / 1000)},${line(track)}\r\nmusic/a b.mp3\r\nzzqq%20xxyy.mp3\r\n`;
  const dropped = await page.evaluateHandle(content => {
    const data = new DataTransfer();
    data.items.add(new File([content], "mix.m3u"));
    return data;
  }, text);
  await page.locator("main").dispatchEvent("drop", { dataTransfer: dropped });
  await page.waitForSelector(".matched [data-format=csv]:visible");
  const { name, text: saved } = await save(page, "m3u8");
  assert.equal(name, "mix-matched.m3u8");
  const lines = saved.split("\n");
  assert.equal(lines[0], "#EXTM3U");
  assert.match(saved, /^#METADATA-API:decision=\w+ score=[\d.]+ id=\w{22} isrc=\w*$/m);
  assert.ok(lines.includes("music/a b.mp3") && lines.includes("zzqq%20xxyy.mp3"));
});

onPage("Among the candidates one is chosen with the keyboard alone", async page => {
  const [track] = await known(1);

  // A title without its artist fits several recordings, or at least is not certain.
  await paste(page, ["zzqq xxyy - qqzz yyxx", line(track)].join("\n"));
  const choice = page.locator(".matches select").first();
  const row = () => page.locator(".matches li").nth(1);
  await page.locator(".filters button").first().focus();
  for (let tabs = 0; tabs < 20 && !(await choice.evaluate(one => one === document.activeElement)); tabs++) { await page.keyboard.press("Tab"); }
  assert.ok(await choice.evaluate(one => one === document.activeElement), "Tab does not reach the choice");
  const options = await choice.locator("option").count();
  await page.keyboard.press("End");
  await page.waitForFunction(() => document.querySelectorAll(".matches li")[1].dataset.decision === "none");
  assert.equal(await choice.inputValue(), "-1");
  assert.equal(await page.locator("#live").textContent(), "Row 2: Not found");
  assert.ok(await choice.evaluate(one => one === document.activeElement), "the choice has lost the focus");
  await page.keyboard.press("Home");
  await page.waitForFunction(() => document.querySelectorAll(".matches li")[1].dataset.decision === "chosen");
  assert.equal(await row().locator(".decision").textContent(), "Chosen");
  assert.ok(options >= 2);
  const { text } = await save(page, "csv");
  assert.match(text, /,chosen,[\d.]+,\w{22},/);

  // The rows of one kind, and back from a track to the same list.
  await page.locator(".filters [data-decision=chosen]").click();
  assert.equal(await page.locator(".matches li").count(), 1);
  await page.locator(".matches a").click();
  await page.waitForSelector(".record h1");
  await page.goBack();
  await page.waitForSelector(".matches li");
  assert.deepEqual(await decisions(page), ["none", "chosen"]);
});

onPage("What is no list is told, and names that look like markup stay names", async page => {
  await page.locator(".paste button").click();
  await page.waitForSelector(".trouble");
  assert.match(await page.locator("#live").textContent(), /nothing in it/);
  for (const [name, text, reason] of [["a.csv", "foo,bar\n1,2\n", /No column/], ["b.csv", 'title,artist\n"open,x\n', /not closed/]]) {
    await page.locator("#list-file").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
    await page.waitForFunction(source => new RegExp(source).test(document.querySelector(".trouble")?.textContent), reason.source);
  }

  await paste(page, "<script>alert(1)</script> - <img src=x onerror=alert(1)>\n\u0000\u0001 half \ud83d\n" + "x".repeat(10_000));
  assert.equal(await page.locator(".matches li").count(), 3);
  assert.equal(await page.evaluate(() => document.querySelectorAll("main script, main img").length), 0);
});

onPage("Bytes of every encoding are read", async page => {
  const table = at => `title;artist\nÅsa ${at};Björk\n`;
  const cases = [Buffer.from(`\ufeff${table(0)}`), Buffer.from(`\ufeff${table(1)}`, "utf16le"), Buffer.from(table(2), "latin1")];
  for (const [at, buffer] of cases.entries()) {
    await page.locator("#list-file").setInputFiles({ name: `${at}.csv`, mimeType: "text/csv", buffer });
    // Each has another title: the list before stands there until the next one is read.
    await page.waitForFunction(
      given => [...document.querySelectorAll(".matches .given")].map(one => one.textContent).join() === given, `Björk - Åsa ${at}`);
  }
});

onPage("A long list is shown in parts and matched in many requests", async page => {
  const [track] = await known(1);
  await paste(page, Array.from({ length: 450 }, (_, at) => (at % 3 ? line(track) : `zzqq ${at} - xxyy`)).join("\n"));
  assert.equal(await page.locator(".matches li").count(), 200);
  await page.locator(".more").click();
  assert.equal(await page.locator(".matches li").count(), 400);
  await page.locator(".more").click();
  assert.equal(await page.locator(".matches li").count(), 450);
  assert.ok(await page.locator(".more").isHidden());
  await page.locator(".filters [data-decision=none]").click();
  assert.equal(await page.locator(".matches li").count(), 150);
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [320, 390, 1440]) {
    onPage(`No serious fault in ${colorScheme} at ${width} pixels, and nothing is wider`, async page => {
      const tracks = await known(3);
      const check = async state => {
        await page.evaluate(axeSource);
        const result = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
        assert.ok(result.passes.length > 10, `${state}: axe looked at nothing`);
        const serious = result.violations.filter(violation => ["serious", "critical"].includes(violation.impact));
        assert.deepEqual(serious.flatMap(({ id, nodes }) => nodes.map(node => `${state}: ${id} ${node.target} ${node.failureSummary}`)), []);
        const [wide, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        assert.ok(wide <= window, `${state} is ${wide} wide`);
      };
      await check("empty");
      await page.locator(".paste button").click();
      await page.waitForSelector(".trouble");
      await check("trouble");
      await paste(page, [...tracks.map(line), tracks[0].name, `zzqq${"y".repeat(300)} - q`].join("\n"));
      await check("matched");
    }, { colorScheme, viewport: { width, height: 800 }, reducedMotion: "reduce" });
  }
}

onPage("A screen reader hears what each part is", async page => {
  const [track] = await known(1);
  await paste(page, `${line(track)}\nzzqq xxyy - qqzz yyxx`);
  const roles = [
    ["textbox", "A track a line, a table or a playlist"], ["button", "Match"], ["group", "Rows to show"], ["group", "Save the list"],
    ["combobox", "Track for row 1"], ["link", `Look at ${track.name}`],
  ];
  for (const [role, name] of roles) { await page.getByRole(role, { name, exact: role !== "link" }).first().waitFor(); }
  assert.equal(await page.getByRole("listitem").count(), 2);
  assert.equal(await page.getByRole("button", { name: /^All/ }).getAttribute("aria-pressed"), "true");
});

test("A catalog without an index says so, and a server that comes back is gone on with", async t => {
  const bare = await serveFor(t, CONFORMANCE, "-index", "off");
  const page = await openFor(t, started.browser, bare.address);
  await page.goto(bare.address + "?match");
  await page.locator("#list").fill("Some Artist - Some Title");
  await page.locator(".paste button").click();
  await page.waitForSelector(".trouble");
  assert.match(await page.locator("#live").textContent(), /index/);
  await bare.stop();
  const indexed = await serveFor(t, DEMO, bare.port);
  await page.waitForSelector(".matched [data-format=csv]:visible");
  assert.equal(await page.locator(".matches li").count(), 1);
  assert.equal((await get(indexed.address + "explorer/list.js")).status, 200);
  assert.ok(page.faults.every(fault => /503|ERR_CONNECTION|ERR_EMPTY/.test(fault)), page.faults.join("\n"));
});
