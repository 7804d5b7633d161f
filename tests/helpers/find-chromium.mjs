// Where the browser of the tests is: shared by the tests and by tests/run.mjs, which gets one when there is none.
import { existsSync } from "node:fs"
import { delimiter, join } from "node:path"
import { chromium } from "playwright-core"

// A headless shell starts three times faster than the whole browser.
const names = ["chromium-headless-shell", "chrome-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]

export const missing = "No Chromium found: install it (Debian: apt-get install chromium) or name one in CHROMIUM_PATH."

/** The one that CHROMIUM_PATH names, Debian's, any other in PATH, or Playwright's own; null when there is none. */
export function findChromium() {
  const named = process.env.CHROMIUM_PATH || process.env.CHROMIUM
  if (named) return named
  const folders = (process.env.PATH ?? "").split(delimiter)
  const installed = names.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [...installed, chromium.executablePath()].find((path) => existsSync(path)) ?? null
}
