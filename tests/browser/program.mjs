// Starts the executable under test and a browser that can reach nothing else.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

/** Serves a catalog on a free port, or the one given, until stop() is called. */
export async function serve(database, ...options) {
  const port = options.find(option => typeof option === "number") ?? 0;
  const limits = options.includes("-rate-limit") ? [] : ["-rate-limit", "0"];
  const child = spawn(process.env.METADATA_API_EXECUTABLE, ["-db", database, "-addr", `127.0.0.1:${port}`, ...limits, ...options.filter(option => typeof option === "string")]);
  const log = [];
  const address = await new Promise((resolve, reject) => {
    createInterface(child.stderr).on("line", line => {
      log.push(line);
      const match = /Serving .* on (http:\S+)/.exec(line);
      if (match) { resolve(match[1] + "/"); }
    });
    child.on("error", reject);
    child.on("exit", code => reject(new Error(`the server ended with ${code}: ${log.join("\n")}`)));
  });
  return {
    address,
    port: Number(new URL(address).port),
    async stop() {
      if (child.exitCode === null) {
        child.kill("SIGKILL");
        await once(child, "exit");
      }
    },
  };
}

/** A headless Chromium that resolves no name and takes part in none of the services a browser usually talks to. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
      "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    ],
  });
}

/**
 * A page that remembers what must not happen: requests to other hosts, console errors, exceptions, dialogs.
 * @param {import("playwright-core").Browser} browser
 */
export async function open(browser, address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
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
