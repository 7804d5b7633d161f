import { createHash } from "node:crypto"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { documentHash, ensureIds, joinBlocks, pageSchema, splitBlocks } from "../../../editor/document/index.ts"
import { anyPage, doc, fact, h2, li, p, quote, sheet, table, td, tr, ul } from "../../helpers/documents.ts"

const counter = () => {
  let count = 0
  return () => `new${++count}`
}
const ids = (page: ReturnType<typeof doc>) => {
  const found: (string | null)[] = []
  page.descendants((node) => {
    if ("id" in node.attrs) found.push(node.attrs.id)
  })
  return found
}

describe("splitBlocks", () => {
  it("leaves default attributes out, so that old blocks keep their bytes when the schema grows", () => {
    const [block] = splitBlocks(doc(p({ id: "a" }, "Call first.")))
    expect(block!.body).toBe('{"type":"paragraph","attrs":{"id":"a"},"content":[{"type":"text","text":"Call first."}]}')
  })

  it("names a block by the SHA-256 of its bytes in base64url", () => {
    const blocks = splitBlocks(doc(p(), p("café 👍🏽")))
    for (const { hash, body } of blocks) expect(hash).toBe(createHash("sha256").update(body).digest("base64url"))
  })

  it("gives equal blocks equal bytes whatever the order of keys they came in", () => {
    const one = pageSchema.nodeFromJSON({ type: "doc", content: [{ attrs: { level: 3, id: "x" }, type: "heading" }] })
    const two = pageSchema.nodeFromJSON({ content: [{ type: "heading", attrs: { id: "x", level: 3 } }], type: "doc" })
    expect(splitBlocks(one)).toEqual(splitBlocks(two))
  })

  it("is undone by joinBlocks for any page", () => {
    fc.assert(
      fc.property(anyPage(), (page) => {
        const bodies = splitBlocks(page).map((block) => block.body)
        const joined = joinBlocks(bodies)
        expect(joined.toJSON()).toEqual(page.toJSON())
        expect(splitBlocks(joined).map((block) => block.body)).toEqual(bodies)
      }),
    )
  })
})

describe("documentHash", () => {
  it("changes with the order and the ids of blocks", () => {
    const hashes = [
      doc(p({ id: "a" }, "x"), p({ id: "b" }, "y")),
      doc(p({ id: "b" }, "y"), p({ id: "a" }, "x")),
      doc(p({ id: "b" }, "x"), p({ id: "a" }, "y")),
    ].map(documentHash)
    expect(new Set(hashes).size).toBe(3)
    expect(documentHash(doc(p({ id: "a" }, "x"), p({ id: "b" }, "y")))).toBe(hashes[0])
  })
})

describe("ensureIds", () => {
  it("gives ids to blocks, items, rows and facts, and to nothing else", () => {
    const page = doc(p("a"), ul(li(p("b"))), quote(p("c")), table(tr(td("d"))), sheet(fact({ label: "e" })))
    expect(ids(ensureIds(page, counter()))).toEqual(
      ["new1", "new2", "new3", null, "new4", null, "new5", "new6", "new7", "new8"],
    )
  })

  it("keeps the ids there are; of two nodes that share one the first keeps it", () => {
    const page = doc(p({ id: "a" }, "1"), p({ id: "a" }, "2"), quote({ id: "b" }, p({ id: "c" }), p({ id: "a" })))
    expect(ids(ensureIds(page, counter()))).toEqual(["a", "new1", "b", "c", null])
  })

  it("names a heading after its words, apart from its namesakes", () => {
    const page = doc(
      h2("Cómo visitar, ¿y cuándo?"),
      h2("Visits"),
      h2("Visits"),
      p({ id: "visits-2" }),
      h2("زيارة"),
      h2(),
    )
    expect(ids(ensureIds(page, counter()))).toEqual(
      ["como-visitar-y-cuando", "visits", "visits-3", "visits-2", "new1", "new2"],
    )
  })

  it("keeps a heading's id when its words change", () => {
    expect(ids(ensureIds(doc(h2({ id: "visits" }, "Visiting hours")), counter()))).toEqual(["visits"])
  })

  it("makes an id that fits the pattern of very long words", () => {
    const [id] = ids(ensureIds(doc(h2("long ".repeat(100)), h2("x")), counter()))
    expect(id).toMatch(/^[a-z0-9-]{1,48}$/)
    expect(id).not.toMatch(/-$/)
  })

  it("returns the very same page when nothing is missing, and is quick for thousands of namesakes", () => {
    const page = ensureIds(doc(...Array.from({ length: 5000 }, () => h2("Visits"))), counter())
    expect(new Set(ids(page)).size).toBe(5000)
    expect(ensureIds(page, counter())).toBe(page)
  })

  it("leaves any page with an id everywhere it should be, none twice", () => {
    fc.assert(
      fc.property(anyPage({ ids: false }), (page) => {
        const found = ids(ensureIds(page, counter())).filter((id) => id !== null)
        expect(new Set(found).size).toBe(found.length)
        for (const id of found) expect(id).toMatch(/^[a-z0-9-]{1,64}$/)
      }),
    )
  })
})
