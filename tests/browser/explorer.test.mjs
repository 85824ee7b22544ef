// The explorer at / in a real browser, on the demo's invented catalog.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { get, getJson } from "./http.mjs";
import { openFor, serveFor, shared, test } from "./program.mjs";

const { DEMO, EMPTY, CONFORMANCE } = process.env;
const started = shared();

const json = path => getJson(new URL(path, started.server.address));
const settled = page => page.waitForFunction(() => !document.querySelector("[aria-busy]"));

/** Runs a test on a fresh page, and holds that nothing happened that must not. */
function onPage(name, path, run, options) {
  test(name, async t => {
    const page = await openFor(t, started.browser, started.server.address, options);
    await page.goto(started.server.address + path);
    await run(page);
    assert.deepEqual(page.faults, []);
  });
}

onPage("Typing shows tracks, albums and artists, and the address holds the search", "", async page => {
  await page.locator("#q").pressSequentially("love", { delay: 30 });
  const [tracks, albums, artists] = await Promise.all(["track", "album", "artist"].map(kind => json(`search/${kind}?q=love&limit=20`)));
  assert.ok(tracks.length > 0 && albums.length > 0);
  for (const [id, found] of [["tracks", tracks], ["albums", albums], ["artists", artists]]) {
    const names = found.map(one => one.name.trim() || "Untitled");

    // What "lo" finds is shown on the way there.
    await page.waitForFunction(
      ([list, expected]) => {
        const shown = [...document.querySelectorAll(`#${list} .title`)].map(one => one.textContent);
        return JSON.stringify(shown) === JSON.stringify(expected);
      },
      [id, names],
    ).catch(() => {});
    assert.deepEqual(await page.locator(`#${id} .title`).allTextContents(), names);
  }

  assert.equal(new URL(page.url()).search, "?q=love");
  assert.match(await page.locator("#live").textContent(), /\d+ tracks?, .*\d+ albums?, .*artists?/);
  assert.equal(await page.title(), "love · Music Metadata");
});

onPage("From a search one can walk to track, album and artist, and back through each", "?q=love", async page => {
  const [first] = await json("search/track?q=love&limit=1");
  await page.locator("#tracks a").first().click();
  await page.waitForURL(`**/?track=${first.id}`);
  await page.waitForSelector(".record h1");
  assert.equal(await page.locator("h1").textContent(), first.name);
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "H1");
  const record = await page.locator(".record").textContent();
  for (const text of [first.album.name, first.album.label, first.isrc.slice(-5)]) { assert.ok(record.includes(text), text); }

  await page.locator(".copy a").first().click();
  await page.waitForURL(`**/?album=${first.album.id}`);
  await page.waitForFunction(name => document.querySelector("h1").textContent === name, first.album.name);
  const listing = await json(`lookup/album/${first.album.id}/tracks`);
  assert.deepEqual(await page.locator(".rows .title bdi").allTextContents(), listing.map(track => track.name));

  const artist = first.album.artists[0];
  await page.locator(".credits a").first().click();
  await page.waitForURL(`**/?artist=${artist.id}`);
  await page.waitForFunction(name => document.querySelector("h1").textContent === name, artist.name);

  await page.goBack();
  await page.waitForFunction(name => document.querySelector("h1").textContent === name, first.album.name);
  await page.goBack();
  await page.waitForFunction(name => document.querySelector("h1").textContent === name, first.name);
  await page.goBack();
  await page.waitForSelector("#tracks a");
  assert.equal(await page.locator("#q").inputValue(), "love");
  await page.goForward();
  await page.waitForFunction(name => document.querySelector("h1").textContent === name, first.name);
});

onPage("Back returns to where the list was scrolled", "?q=the", async page => {
  await page.waitForSelector("#tracks a");
  await page.locator("#tracks a").nth(15).scrollIntoViewIfNeeded();
  const scrolled = await page.evaluate(() => scrollY);
  assert.ok(scrolled > 100);
  await page.locator("#tracks a").nth(15).click();
  await page.waitForSelector(".record");
  assert.equal(await page.evaluate(() => scrollY), 0);
  await page.goBack();
  await page.waitForSelector("#tracks a");
  await page.waitForFunction(wanted => Math.abs(scrollY - wanted) < 2, scrolled);
});

onPage("A whole search is one step of the history", "", async page => {
  await page.waitForSelector(".shelf");
  await page.locator("#q").pressSequentially("love", { delay: 60 });
  await page.waitForURL("**/?q=love");
  await page.waitForSelector("#tracks a");
  await page.goBack();
  await page.waitForSelector(".shelf");
  assert.equal(await page.locator("#q").inputValue(), "");
});

onPage("Every view shows its JSON as the server sent it, and a command that gets the same", "?q=love", async page => {
  await page.waitForSelector("#tracks a");
  const [track] = await json("search/track?q=love&limit=1");
  const [artist] = await json("search/artist?q=Quoted");
  for (const path of ["?q=love", `?track=${track.id}`, `?artist=${artist.id}`]) {
    await page.goto(started.server.address + path);
    await page.waitForSelector(".command");
    await page.locator(".json-toggle").click();
    await page.waitForSelector(".json");
    assert.match(page.url(), /[?&]json$/);
    await page.reload();
    await page.waitForSelector(".json");
    const commands = await page.locator(".command code").allTextContents();
    const shown = await page.locator(".json").allTextContents();
    assert.equal(commands.length, shown.length);
    for (const [at, command] of commands.entries()) {
      const sent = execFileSync("bash", ["-c", `${command} --silent --fail --max-time 30`], { encoding: "utf8" });
      assert.deepEqual(JSON.parse(shown[at]), JSON.parse(sent));
      // Outside strings nothing but white space was added: numbers stand as they were sent.
      assert.deepEqual(shown[at].match(/-?\d+/g), sent.match(/-?\d+/g));
    }
  }

  await page.locator(".command button").first().click();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await page.locator(".command code").first().textContent());
});

onPage("Records and searches have a command for what clients of Spotify's Web API get", "?q=love", async page => {
  const [track] = await json("search/track?q=love&limit=1");
  await page.goto(`${started.server.address}?track=${track.id}`);
  await page.waitForSelector(".also code");
  const [command] = await page.locator(".also code").allTextContents();
  const sent = JSON.parse(execFileSync("bash", ["-c", `${command} --silent --fail --max-time 30`], { encoding: "utf8" }));
  assert.equal(sent.uri, `spotify:track:${track.id}`);
  await page.goto(`${started.server.address}?q=love`);
  await page.waitForFunction(() => document.querySelectorAll(".also code").length === 3);
  const searches = await page.locator(".also code").allTextContents();
  assert.deepEqual(searches.map(one => /type=(\w+)/.exec(one)[1]).sort(), ["album", "artist", "track"]);
  searches.forEach(one => assert.match(one, /\/v1\/search\?q=love&limit=/));
});

onPage("Names that look like markup stay names", "", async page => {
  const markup = "<script>alert(1)</script>";
  await page.locator("#q").fill(markup);
  await page.waitForSelector("#tracks a");
  assert.ok((await page.locator("#tracks .title").allTextContents()).every(title => title.includes(markup)));
  await page.locator("#tracks a").first().click();
  await page.waitForSelector(".record h1");
  assert.equal(await page.locator("h1").textContent(), markup);
  await page.locator(".json-toggle").click();
  await page.waitForSelector(".json");
  assert.equal(await page.evaluate(() => document.querySelectorAll("main script, main iframe, main object, #source script").length), 0);
  await page.goto(`${started.server.address}?q=${encodeURIComponent("<img src=x onerror=alert(2)>")}`);
  await settled(page);
  await page.goto(`${started.server.address}?track=${encodeURIComponent("<svg onload=alert(3)>/../x")}`);
  await page.waitForSelector(".notice");
  assert.equal(await page.locator(".notice h1").textContent(), "Not in the catalog");
  // The browser itself reports the 404 that was asked for.
  page.faults = page.faults.filter(fault => !fault.includes("404"));
});

onPage("The keyboard is enough", "", async page => {
  await page.waitForSelector(".shelf");
  await page.locator(".shelf a").first().focus();
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "q");
  await page.keyboard.type("love");
  await page.waitForURL("**/?q=love");
  await page.waitForSelector("#albums a");
  await settled(page);
  const at = () => page.evaluate(() => document.activeElement.getAttribute("href") ?? document.activeElement.id);
  const hrefs = list => page.locator(`#${list} a`).evaluateAll(links => links.map(link => link.getAttribute("href")));
  const tracks = await hrefs("tracks");
  await page.keyboard.press("ArrowDown");
  assert.equal(await at(), tracks[0]);
  await page.keyboard.press("ArrowDown");
  assert.equal(await at(), tracks[1]);
  await page.keyboard.press("ArrowRight");
  assert.ok((await hrefs("albums")).includes(await at()));
  await page.keyboard.press("ArrowLeft");
  assert.ok(tracks.includes(await at()));
  await page.keyboard.press("Escape");
  assert.equal(await at(), "q");
  await page.keyboard.press("Enter");
  assert.equal(await at(), tracks[0]);
  await page.keyboard.press("Enter");
  await page.waitForSelector(".record h1");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.waitForSelector(".shelf");
  assert.equal(await page.locator("#q").inputValue(), "");
});

onPage("An answer that comes too late does not replace a newer one", "", async page => {
  await page.waitForSelector(".shelf");
  let held;
  await page.route("**/search/track?q=lo&*", async route => {
    held = route;
  });
  await page.locator("#q").fill("lo");
  await page.waitForFunction(() => document.querySelector("#albums a"));
  await page.locator("#q").fill("love");
  await page.waitForSelector("#tracks a");
  await settled(page);
  const before = await page.locator("#tracks .title").allTextContents();
  await held.fulfill({ json: [] }).catch(() => {});
  await page.evaluate(() => new Promise(resolve => setTimeout(resolve, 100)));
  assert.deepEqual(await page.locator("#tracks .title").allTextContents(), before);
  assert.ok(before.length > 0 && held.request().failure() !== null, "the request was not given up");
});

onPage("A code is recognised and leads to every track that has it", "", async page => {
  const track = (await json("search/track?q=love&limit=50")).find(one => /^[A-Z]{2}[A-Z0-9]{3}\d{7}$/.test(one.isrc ?? ""));
  await page.locator("#q").fill(track.isrc.toLowerCase());
  await page.locator(".by-code").click();
  await page.waitForSelector(".code-page .rows a");
  assert.equal(await page.locator(".code-page .rows a").count(), (await json(`lookup/isrc/${track.isrc}`)).length);
});

onPage("Names are read in their own direction and language", "?q=%D9%82%D8%A7", async page => {
  await page.waitForSelector("#tracks .title bdi");
  // A name that begins with Latin letters is read from the left, whatever follows.
  const at = (await page.locator("#tracks .title bdi").allTextContents()).findIndex(name => /^\p{Script=Arabic}/u.test(name));
  const name = page.locator("#tracks .title bdi").nth(at);
  assert.deepEqual(await name.evaluate(one => [getComputedStyle(one).direction, one.lang]), ["rtl", "ar"]);
  await page.locator("#tracks a").nth(at).click();
  await page.waitForSelector(".record h1");
  assert.equal(await page.locator(".record h1").evaluate(title => getComputedStyle(title).direction), "rtl");
  await page.goto(`${started.server.address}?q=${encodeURIComponent("夏")}`);
  await page.waitForSelector("#tracks .title bdi");
  const languages = await page.locator("#tracks .title bdi").evaluateAll(names => names.map(name => name.lang));
  assert.ok(languages.every(one => ["ja", "zh", "ko"].includes(one)), languages.join());
});

onPage("Colours can be chosen and stay chosen, on the documentation page too", "", async page => {
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await ground();
  await page.locator("#theme").click();
  const dark = await ground();
  assert.notEqual(dark, light);
  assert.equal(await page.locator("#theme").getAttribute("aria-pressed"), "true");
  await page.reload();
  assert.equal(await ground(), dark);
  await page.goto(started.server.address + "docs");
  assert.ok(await page.evaluate(() => document.documentElement.classList.contains("dark-mode")));
}, { colorScheme: "light" });

test("Everything the page loads is under 60 KB, and is not sent twice", async t => {
  const page = await openFor(t, started.browser, started.server.address);
  const finished = [];
  page.on("requestfinished", request => finished.push(request));
  await page.goto(started.server.address, { waitUntil: "networkidle" });
  const sizes = await Promise.all(finished.map(async request => (await request.sizes()).responseBodySize));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  assert.ok(sizes.length > 12 && total > 10_000 && total < 60_000, `${sizes.length} files of ${total} bytes`);
  console.log(`the page and all it loads: ${sizes.length} files, ${total} bytes compressed`);
  const policy = (await get(started.server.address, { headers: { Accept: "text/html" } })).headers.get("content-security-policy");
  assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self';/);
  assert.doesNotMatch(policy, /unsafe/);
  assert.deepEqual(page.faults, []);
  const file = await get(started.server.address + "explorer/app.js");
  const again = await get(started.server.address + "explorer/app.js", { headers: { "If-None-Match": file.headers.get("ETag") } });
  assert.equal(again.status, 304);
});

for (const width of [320, 390, 768, 1024, 1920]) {
  onPage(`Nothing is wider than a window of ${width} pixels`, "", async page => {
    const [track] = await json("search/track?q=love&limit=1");
    const [longest] = (await json(`search/track?q=${encodeURIComponent("(feat")}&limit=50`)).sort((a, b) => b.name.length - a.name.length);
    const records = [`?album=${track.album.id}`, `?artist=${track.artists[0].id}`, `?isrc=${track.isrc}`];
    for (const path of ["", "?q=love", `?track=${track.id}&json`, `?track=${longest.id}`, ...records]) {
      await page.goto(started.server.address + path);
      await page.waitForSelector(".command");
      const [wide, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(wide <= window, `${path} is ${wide} wide`);
    }
  }, { viewport: { width, height: 800 } });
}

test("A server that limits the rate is waited for", async t => {
  const limited = await serveFor(t, DEMO, "-rate-limit", "1", "-rate-burst", "24");
  const page = await openFor(t, started.browser, limited.address);
  await page.goto(limited.address, { waitUntil: "networkidle" });

  // The whole allowance is taken, and then what each second adds to it: however slow the machine, the three requests of a search do not
  // all get through, and the notice stays until it has been read.
  const take = async () => (await get(limited.address + "lookup/track/none")).status;
  const statuses = await Promise.all(Array.from({ length: 50 }, take));
  assert.ok(statuses.includes(429), statuses.join());
  let isTaking = true;
  const taking = (async () => {
    while (isTaking) {
      await take();
      await delay(20);
    }
  })();
  try {
    await page.locator("#q").fill("love");
    const shown = await page.waitForFunction(() => {
      const parts = [".notice h1", ".notice .countdown", "#live"].map(one => document.querySelector(one));
      return parts.every(Boolean) && parts.map(one => one.textContent);
    });
    const [title, countdown, live] = await shown.jsonValue();
    assert.equal(title, "Too many requests");
    assert.match(countdown, /Trying again in \d+ seconds?\./);
    assert.match(live, /Too many requests/);
  } finally {
    isTaking = false;
    await taking;
  }

  // Three searches need three seconds of allowance, and each try uses what there is.
  await page.waitForFunction(() => document.querySelector("#tracks a") && !document.querySelector(".notice, [aria-busy]"));
  assert.ok(page.faults.every(fault => fault.includes("429")), page.faults.join("\n"));
});

test("A server that is gone is named, and found again when it is back", async t => {
  const first = await serveFor(t, DEMO);
  const page = await openFor(t, started.browser, first.address);
  await page.goto(first.address + "?q=love");
  await page.waitForSelector("#tracks a");
  await first.stop();
  await page.locator("#tracks a").first().click();
  await page.waitForSelector(".notice");
  assert.equal(await page.locator(".notice h1").textContent(), "No answer from the server");
  const second = await serveFor(t, DEMO, first.port);
  await page.waitForSelector(".record h1");
  assert.ok(page.faults.every(fault => fault.includes("ERR_CONNECTION_REFUSED")), page.faults.join("\n"));
});

test("An empty catalog is shown as one", async t => {
  const empty = await serveFor(t, EMPTY);
  const page = await openFor(t, started.browser, empty.address);
  await page.goto(empty.address + "?q=love");
  await page.waitForFunction(() => document.querySelectorAll(".none").length === 3);
  assert.equal(await page.locator("#live").textContent(), "Nothing is called love");
  assert.deepEqual(page.faults, []);
});

test("A cover is shown where there is one, and a drawing where it cannot be loaded", async t => {
  const real = await serveFor(t, CONFORMANCE);
  const page = await openFor(t, started.browser, real.address);
  const pixel = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
  await page.route("https://i.scdn.co/**", route => route.fulfill({ contentType: "image/png", body: pixel }));
  const path = "?album=qIe5sPjyRUVTc8CENEzCUu";
  await page.goto(real.address + path);
  await page.waitForSelector(".stage img.loaded");
  await page.unroute("https://i.scdn.co/**");
  await page.route("https://i.scdn.co/**", route => route.abort());
  await page.reload();
  await page.waitForSelector(".record h1");
  await page.waitForFunction(() => !document.querySelector(".stage img"));
  assert.ok(await page.locator(".stage .sleeve svg").isVisible());
  assert.ok(page.faults.every(fault => fault.includes("i.scdn.co")), page.faults.join("\n"));
});

test("Without the explorer a browser gets the index of the routes", async t => {
  const plain = await serveFor(t, DEMO, "-ui", "off");
  const page = await openFor(t, started.browser, plain.address);
  const answer = await page.goto(plain.address);
  assert.equal(answer.headers()["content-type"], "application/json");
  assert.ok((await answer.json()).routes.includes("GET /lookup/track/{id}"));
  assert.equal((await get(plain.address + "explorer/app.js")).status, 404);
});
