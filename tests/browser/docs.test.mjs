// The documentation page at /docs in a real browser.
import assert from "node:assert/strict";
import { getJson } from "./http.mjs";
import { openFor, shared, test } from "./program.mjs";

const started = shared();

test("The page shows every operation, under a policy that allows nothing from elsewhere and nothing inline", async t => {
  const { server, browser } = started;
  const page = await openFor(t, browser, server.address);
  const answer = await page.goto(server.address + "docs");
  assert.match(
    answer.headers()["content-security-policy"],
    /default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';/,
  );
  await page.waitForSelector(".opblock");
  const document = await getJson(server.address + "openapi.json");
  const operations = Object.values(document.paths).flatMap(path => Object.keys(path));
  assert.equal(await page.locator(".opblock").count(), operations.length);
  assert.deepEqual(page.faults, []);
});

test("Trying an operation asks this server and shows its answer", async t => {
  const { server, browser } = started;
  const page = await openFor(t, browser, server.address);
  await page.goto(server.address + "docs");
  const operation = page.locator("#operations-Lookup-lookupTrack");
  await operation.locator(".opblock-summary-control").click();
  await operation.locator(".execute").click();
  const live = operation.locator(".live-responses-table");
  await live.waitFor();
  assert.match(await live.locator(".response-col_status").nth(1).textContent(), /^200/);
  const id = await operation.locator("input").first().inputValue();
  assert.equal(await operation.locator(".request-url pre").textContent(), `${server.address}lookup/track/${id}`);
  assert.ok((await live.locator(".response-col_description").nth(1).textContent()).includes(id));
  assert.deepEqual(page.faults, []);
});

test("A batch can be tried too", async t => {
  const { server, browser } = started;
  const page = await openFor(t, browser, server.address);
  await page.goto(server.address + "docs");
  const operation = page.locator("#operations-Batch-lookupBatch");
  await operation.locator(".opblock-summary-control").click();
  await operation.locator(".execute").click();
  const live = operation.locator(".live-responses-table");
  await live.waitFor();
  assert.match(await live.locator(".response-col_status").nth(1).textContent(), /^200/);
  assert.deepEqual(page.faults, []);
});

test("An address with a slash too many leads to the page", async t => {
  const { server, browser } = started;
  const page = await openFor(t, browser, server.address);
  await page.goto(server.address + "docs/");
  await page.waitForSelector(".opblock");
  assert.equal(page.url(), server.address + "docs");
  assert.deepEqual(page.faults, []);
});
