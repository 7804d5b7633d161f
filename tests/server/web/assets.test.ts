import { readdirSync, readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { describe, expect, it } from "vitest"

const folder = resolve(import.meta.dirname, "../../../dist/assets")
/** What a browser fetches before somebody can write, compressed. */
const EDITOR = 110_000

describe("the built editor", () => {
  it("is within what it may weigh on its way to a browser", () => {
    const files = withImports(readdirSync(folder).find((name) => /^page-editor-.*\.js$/.test(name))!)
    expect([...files].reduce((sum, name) => sum + readFileSync(join(folder, `${name}.br`)).length, 0)).toBeLessThan(EDITOR)
  })

  it("leaves to readers what is said in other languages", () => {
    const wordsOf = (entry: RegExp) => [...withImports(readdirSync(folder).find((name) => entry.test(name))!)].map((name) => readFileSync(join(folder, name), "utf8")).join()
    expect(wordsOf(/^page-editor-.*\.js$/)).toContain("Getting there (bus, parking, entrance)")
    expect(wordsOf(/^page-editor-.*\.js$/)).not.toMatch(/Kijan pou rive la|desde hace|vandredi/)
    expect(wordsOf(/^reader-.*\.js$/)).toMatch(/Cerrado ahora.*vandredi/s)
  })
})

/** A script and all that it imports before it runs. */
function withImports(name: string, found = new Set<string>()): Set<string> {
  if (found.has(name)) return found
  found.add(name)
  const text = readFileSync(join(folder, name), "utf8")
  for (const [, other] of text.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) withImports(other!, found)
  return found
}
