// Starts the executable under test and a browser that can reach nothing else. Whatever is started here has an end: at the end of its test,
// of its file, or of this process, whichever comes first and however it comes.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import nodeTest, { after, before } from "node:test";
import { chromium } from "playwright-core";
import { waitTimeout } from "./http.mjs";

/** Milliseconds for a whole test. */
const testTimeout = 180_000;

/** node:test's, with a limit. The runner's own --test-timeout is one for a file. */
export const test = (name, run) => nodeTest(name, { timeout: testTimeout }, run);

/** A server of the demo's catalog and a browser, which all tests of a file share. */
export function shared() {
  const started = {};
  before(async () => {
    started.server = await serve(process.env.DEMO);
    started.browser = await launch();
  }, { timeout: testTimeout });
  after(async () => {
    try {
      await started.browser?.close();
    } finally {
      await started.server?.stop();
    }
  }, { timeout: testTimeout });
  return started;
}

/** serve, until the test ends. */
export async function serveFor(t, database, ...options) {
  const server = await serve(database, ...options);
  t.after(server.stop);
  return server;
}

/** Serves a catalog on a free port, or the one given, until stop() is called or this process ends: setpriv has the kernel see to that. */
export async function serve(database, ...options) {
  const port = options.find(option => typeof option === "number") ?? 0;
  const limits = options.includes("-rate-limit") ? [] : ["-rate-limit", "0"];
  const child = spawn("setpriv", [
    "--pdeathsig", "KILL", process.env.METADATA_API_EXECUTABLE, "-db", database, "-addr", `127.0.0.1:${port}`, ...limits,
    ...options.filter(option => typeof option === "string"),
  ], { stdio: ["ignore", "ignore", "pipe"] });
  const stop = async () => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      child.kill("SIGKILL");
      await once(child, "exit", { signal: AbortSignal.timeout(waitTimeout) });
    }
  };
  const log = [];
  try {
    const address = await new Promise((resolve, reject) => {
      const told = reason => new Error(`the server ${reason}: ${log.join("\n")}`);
      setTimeout(() => reject(told("did not start")), waitTimeout).unref();
      createInterface(child.stderr).on("line", line => {
        log.push(line);
        const match = /Serving .* on (http:\S+)/.exec(line);
        if (match) { resolve(match[1] + "/"); }
      });
      child.on("error", reject);
      child.on("exit", code => reject(told(`ended with ${code}`)));
    });
    return { address, port: Number(new URL(address).port), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * A headless Chromium that resolves no name and takes part in none of the services a browser usually talks to. Playwright ends it when this
 * process exits; on a signal it would end the browser and leave this process running, so a signal is made an exit.
 */
export function launch() {
  for (const signal of ["SIGHUP", "SIGINT", "SIGTERM"]) { process.once(signal, () => process.exit(1)); }
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    timeout: waitTimeout,
    handleSIGHUP: false,
    handleSIGINT: false,
    handleSIGTERM: false,
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
      "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    ],
  });
}

/** open, until the test ends. */
export async function openFor(t, browser, address, options) {
  const page = await open(browser, address, options);
  t.after(() => page.context().close());
  return page;
}

/**
 * A page that remembers what must not happen: requests to other hosts, console errors, exceptions, dialogs.
 * @param {import("playwright-core").Browser} browser
 */
export async function open(browser, address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await context.newPage();
  page.setDefaultTimeout(waitTimeout);
  page.faults = [];
  page.on("request", request => {
    if (!request.url().startsWith(address) && !request.url().startsWith("data:")) { page.faults.push(`request to ${request.url()}`); }
  });
  page.on("console", message => {
    if (["error", "warning"].includes(message.type())) { page.faults.push(`console: ${message.text()} ${message.location().url}`); }
  });
  page.on("pageerror", error => page.faults.push(`exception: ${error.stack}`));
  page.on("dialog", dialog => {
    page.faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return page;
}
