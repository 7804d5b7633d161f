import { existsSync } from "node:fs"
import { delimiter, join } from "node:path"
import { type Browser, chromium } from "playwright-core"

// A headless shell starts three times faster than the whole browser.
const names = ["chromium-headless-shell", "chrome-headless-shell", "chromium", "chromium-browser", "google-chrome"]

/** Opens the Chromium of this machine: the one CHROMIUM names, Debian's, any other in PATH, or Playwright's own. */
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
  const named = process.env.CHROMIUM
  if (named) return named
  const folders = (process.env.PATH ?? "").split(delimiter)
  const installed = names.flatMap((name) => folders.map((folder) => join(folder, name)))
  const found = [...installed, chromium.executablePath()].find((path) => existsSync(path))
  if (found) return found
  throw new Error("No Chromium found: install it (Debian: apt-get install chromium) or name one in CHROMIUM.")
}
