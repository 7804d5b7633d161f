import { type Browser, chromium } from "playwright-core"
import { findChromium, missing } from "./find-chromium.mjs"

/** Opens the Chromium of this machine: the one CHROMIUM_PATH names, Debian's, any other in PATH, or Playwright's own. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: findBrowser(),
    // The sandbox of Chromium refuses to run as root; the rest keeps the browser from calling home.
    args: [
      "--no-sandbox",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--disable-quic",
      "--no-first-run",
    ],
  })
}

/** Where the browser is; throws one line that says what to install when there is none. */
export function findBrowser(): string {
  const found = findChromium()
  if (found) return found
  throw new Error(missing)
}
