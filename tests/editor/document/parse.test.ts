import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { InvalidDocument, PAGE_BOUNDS, parseComment, parsePage, splitBlocks } from "../../../editor/document/index.ts"
import { anyPage, cite, doc, fact, figure, li, p, sheet, strong, table, td, tr, ul } from "../../helpers/documents.ts"

type Json = Record<string, unknown>

const page = (...content: unknown[]): Json => ({ type: "doc", content })
const text = (words: unknown, ...marks: unknown[]): Json => ({ type: "text", text: words, marks })
const paragraph = (...content: unknown[]): Json => ({ type: "paragraph", content })
const said = (words: unknown, ...marks: unknown[]): Json => page(paragraph(text(words, ...marks)))
const link = (href: unknown): Json => ({ type: "link", attrs: { href } })
const facts = (...rows: object[]): Json =>
  page({ type: "fact_sheet", content: rows.map((attrs) => ({ type: "fact", attrs })) })
const picture = (attrs: object): Json => page({ type: "figure", attrs })
const grid = (...rows: number[]): Json => {
  const row = (cells: number) => ({
    type: "table_row",
    content: Array.from({ length: cells }, () => ({ type: "table_cell" })),
  })
  return page({ type: "table", content: rows.map(row) })
}

/** Where and why a document was refused. */
function refusal(json: unknown, parse = parsePage): [path: string, reason: string] {
  try {
    parse(json)
  } catch (error) {
    if (error instanceof InvalidDocument) return [error.path, error.reason]
    throw error
  }
  throw new Error("This document was admitted.")
}

describe("parsePage refuses", () => {
  it.each<[what: string, json: unknown, path: string, reason: string]>([
    ["nothing", undefined, "", "this has to be an object"],
    ["a number", 5, "", "this has to be an object"],
    ["a list", [], "", "this has to be an object"],
    ["an object without a type", {}, "type", "this has to have a type"],
    ["a type from the prototype", { type: "constructor" }, "type", 'there is no type "constructor"'],
    ["a part of a document", paragraph(), "", 'a document begins with {"type": "doc"}'],
    ["an empty document", page(), "content", "something is missing: a doc holds block+"],
    ["an unknown key", { ...page(paragraph()), __proto: 1 }, "", '"__proto" is not known here'],
    ["a polluting key", JSON.parse('{"type":"doc","__proto__":{"x":1}}'), "", '"__proto__" is not known here'],
    ["an unknown node", page({ type: "iframe" }), "content[0].type", 'there is no type "iframe"'],
    ["content that is no list", { type: "doc", content: {} }, "content", "a list of nodes"],
    [
      "a node where it cannot be",
      page(paragraph(paragraph())),
      "content[0].content[0]",
      "a paragraph cannot stand here",
    ],
    ["text between blocks", page(text("x")), "content[0]", "a text cannot stand here"],
    [
      "an empty list",
      page(paragraph(), { type: "bullet_list" }),
      "content[1].content",
      "a bullet_list holds list_item+",
    ],
    [
      "content of what holds nothing",
      page({ type: "divider", content: [text("x")] }),
      "content[0].content[0]",
      "holds nothing",
    ],
    ["text on a block", page({ type: "paragraph", text: "x" }), "content[0]", 'only a text has a "text"'],
    ["content of a text", said("x", undefined), "content[0].content[0].marks[0]", "this has to be an object"],
    ["a text that is a number", said(5), "content[0].content[0].text", "a text of at least one character"],
    ["an empty text", said(""), "content[0].content[0].text", "a text of at least one character"],
    ["an unknown mark", said("x", { type: "blink" }), "content[0].content[0].marks[0].type", 'no type "blink"'],
    [
      "a mark on a block",
      page({ type: "paragraph", marks: [{ type: "em" }] }),
      "content[0].marks",
      "nothing in a doc can be marked",
    ],
    ["a mark twice", said("x", { type: "em" }, { type: "em" }), "content[0].content[0].marks", "a mark is there twice"],
    [
      "more marks than there are",
      said("x", ...Array(9).fill({ type: "em" })),
      "content[0].content[0].marks",
      "too many",
    ],
    [
      "marks that are no list",
      page(paragraph({ type: "text", text: "x", marks: {} })),
      "content[0].content[0].marks",
      "a list",
    ],
  ])("%s", (_, json, path, reason) => {
    const [place, why] = refusal(json)
    expect(place).toBe(path)
    expect(why).toContain(reason)
  })

  it.each([
    ["a control character", "a\u0000b", "U+0000"],
    ["half of a character", "a\ud800", "U+D800"],
    ["a mark that turns the direction of text", "a\u202eb", "U+202E"],
    ["an isolate that does the same", "a\u2066b", "U+2066"],
    ["what XML cannot carry", "a\uffff", "U+FFFF"],
    ["a pile of accents", `a${"\u0301".repeat(31)}`, "more than 30 accents"],
  ])("%s in texts and attributes", (_, words, reason) => {
    expect(refusal(said(words))).toEqual(["content[0].content[0].text", expect.stringContaining(reason)])
    expect(refusal(picture({ alt: words }))).toEqual(["content[0].attrs.alt", expect.stringContaining(reason)])
    expect(refusal(facts({ label: "x", value: words }))[0]).toBe("content[0].content[0].attrs.value")
  })

  it.each([
    ["an attribute the node does not have", { style: "color: red" }, "attrs", '"style" is not known here'],
    ["attributes that are no object", "id", "attrs", "this has to be an object"],
    ["an id with capitals", { id: "Body" }, "attrs.id", "1 to 64 lower-case letters"],
    ["an id with markup", { id: 'x"><script>' }, "attrs.id", "1 to 64"],
    ["an id that is too long", { id: "x".repeat(65) }, "attrs.id", "1 to 64"],
    ["an id that is a number", { id: 7 }, "attrs.id", "1 to 64"],
  ])("%s", (_, attrs, path, reason) => {
    expect(refusal(page({ type: "paragraph", attrs }))).toEqual([`content[0].${path}`, expect.stringContaining(reason)])
  })

  it("an id that is there twice, wherever", () => {
    const twice = page(
      { type: "paragraph", attrs: { id: "a" } },
      { type: "blockquote", content: [{ type: "paragraph", attrs: { id: "a" } }] },
    )
    expect(refusal(twice)).toEqual(["content[1].content[0].attrs.id", 'the id "a" is there twice'])
  })

  it.each([
    "javascript:alert(1)",
    "java\nscript:alert(1)",
    "//evil.example",
    "data:text/html,x",
    "relative",
    "https://a@b.example/",
    7,
    null,
    "x".repeat(3000),
  ])("the link %.30j", (href) =>
    expect(refusal(said("x", link(href)))[0]).toBe("content[0].content[0].marks[0].attrs.href"),
  )

  it("a link without its target", () => {
    expect(refusal(said("x", { type: "link" }))).toEqual([
      "content[0].content[0].marks[0].attrs.href",
      "this is missing",
    ])
  })

  it.each([
    ["a heading of level 1", page({ type: "heading", attrs: { level: 1 } }), "attrs.level"],
    ["a heading of level '2'", page({ type: "heading", attrs: { level: "2" } }), "attrs.level"],
    ["a list that starts at -1", page({ type: "ordered_list", attrs: { start: -1 } }), "attrs.start"],
    ["a list that starts at 1.5", page({ type: "ordered_list", attrs: { start: 1.5 } }), "attrs.start"],
    ["a notice of its own kind", page({ type: "notice", attrs: { kind: "x onclick" } }), "attrs.kind"],
    ["a picture from elsewhere", picture({ src: "https://a.example/x.png" }), "attrs.src"],
    ["a picture up the tree", picture({ src: "/media/../secret" }), "attrs.src"],
    ["a picture with a width only", picture({ src: "/media/a.png", width: 3 }), "attrs.width"],
    ["a size of a missing picture", picture({ src: null, width: 3, height: 4 }), "attrs.width"],
    ["a long description", picture({ alt: "x".repeat(2001) }), "attrs.alt"],
  ])("%s", (_, json, path) => expect(refusal(json)[0]).toBe(`content[0].${path}`))

  it("tables that are no plain grid", () => {
    expect(refusal(grid(2, 2, 1))).toEqual([
      "content[0].content[2]",
      "every row of a table has as many cells as the first",
    ])
    const wide = { type: "table_row", content: [{ type: "table_cell", attrs: { colspan: 2 } }] }
    expect(refusal(page({ type: "table", content: [wide] }))[0]).toBe("content[0].content[0].content[0].attrs.colspan")
  })

  it("a language that is none", () => {
    const spoken = (lang: unknown) => said("x", { type: "lang", attrs: { lang } })
    for (const bad of ["", "x", "english language", 5]) {
      expect(refusal(spoken(bad))[0]).toBe("content[0].content[0].marks[0].attrs.lang")
    }
  })

  it("a citation of nothing, or of something that is no source", () => {
    const cited = (attrs: object) => page(paragraph({ type: "citation", attrs }))
    expect(refusal(cited({ locator: "p. 4" }))[0]).toBe("content[0].content[0].attrs.source")
    expect(refusal(cited({ source: "javascript:alert(1)" }))[0]).toBe("content[0].content[0].attrs.source")
    expect(refusal(cited({ title: "x".repeat(301) }))[0]).toBe("content[0].content[0].attrs.title")
  })

  it.each<[what: string, attrs: object, path: string, reason: string]>([
    ["of an unknown kind", { key: "horoscope", value: "x" }, "key", 'no kind of fact called "horoscope"'],
    ["without a name", { value: "x" }, "label", "a key of the vocabulary or a label"],
    ["of an unknown type", { label: "x", type: "script" }, "type", "this can only be"],
    ["known, but without a value", { label: "x" }, "value", "This is empty"],
    ["unknown, but with a value", { label: "x", state: "unknown", value: "x" }, "value", "has no value"],
    ["whose value is not canonical", { label: "x", type: "phone", value: "(305) 207-2001" }, "value", '"+13052072001"'],
    ["whose value cannot be", { label: "x", type: "phone", value: "+1305" }, "value", "no telephone number"],
    ["checked about then", { label: "x", value: "x", checked: "~2012" }, "checked", "has to be exact"],
    ["of a span of time", { label: "x", value: "x", asOf: "2012/2013" }, "asOf", "one date"],
    ["whose date is not canonical", { label: "x", value: "x", asOf: "May 2012" }, "asOf", '"2012-05"'],
    ["whose sources are no list", { label: "x", value: "x", sources: {} }, "sources", "a list"],
    ["with a source that is no object", { label: "x", value: "x", sources: ["x"] }, "sources[0]", "this is no object"],
    ["with a source of nothing", { label: "x", value: "x", sources: [{}] }, "sources[0].source", "a source or a title"],
    [
      "with a polluted source",
      { label: "x", value: "x", sources: [JSON.parse('{"__proto__":{}}')] },
      "sources[0]",
      "__proto__",
    ],
    ["with a bad source", { label: "x", value: "x", sources: [{ source: "file:///x" }] }, "sources[0].source", "slug"],
    ["with 21 sources", { label: "x", value: "x", sources: Array(21).fill({ title: "x" }) }, "sources", "more than 20"],
  ])("a fact %s", (_, attrs, path, reason) => {
    expect(refusal(facts(attrs))).toEqual([`content[0].content[0].attrs.${path}`, expect.stringContaining(reason)])
  })
})

describe("parsePage admits", () => {
  it("any page, and changes nothing about it", () => {
    fc.assert(
      fc.property(anyPage(), (any) => {
        expect(parsePage(JSON.parse(JSON.stringify(any.toJSON()))).eq(any)).toBe(true)
      }),
    )
  })

  it("stored blocks, whose defaults are left out", () => {
    fc.assert(
      fc.property(anyPage(), (any) => {
        const content = splitBlocks(any).map((block) => JSON.parse(block.body))
        expect(parsePage({ type: "doc", content }).eq(any)).toBe(true)
      }),
    )
  })

  it("text composed, on one line, and joined with its like", () => {
    const read = parsePage(
      page(paragraph(text("cafe\u0301 "), text("a\n\tb"), text("c", { type: "strong", attrs: {} }))),
    )
    expect(read.eq(doc(p("café a b", strong("c"))))).toBe(true)
  })

  it("links and languages in their canonical spelling", () => {
    const marked = (...marks: unknown[]) =>
      parsePage(said("x", ...marks))
        .child(0)
        .child(0)
        .marks.map((mark) => mark.attrs)
    expect(marked(link("HTTPS://Example.ORG"))).toEqual([{ href: "https://example.org/" }])
    expect(marked({ type: "lang", attrs: { lang: "EN-us" } })).toEqual([{ lang: "en-US" }])
  })

  it("pictures that are known but lost, facts without a value, citations by name", () => {
    const good = doc(
      figure({ src: null, alt: "The gate" }),
      sheet(fact({ key: "contract", type: "money", state: "withheld" })),
      p(cite({ title: "A letter" })),
      table(tr(td(), td())),
    )
    expect(parsePage(good.toJSON()).eq(good)).toBe(true)
  })
})

describe("any JSON at all", () => {
  it("is admitted or refused with a place and a reason, never a crash", () => {
    const hostile = fc.letrec<{ node: unknown; value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom(null, 1, "", "x", true),
        fc.array(tie("node"), { maxLength: 3 }),
        tie("node"),
      ),
      node: fc.record(
        {
          type: fc.oneof(
            fc.constantFrom("doc", "paragraph", "text", "table", "fact", "citation", "figure", "bullet_list"),
            tie("value"),
          ),
          attrs: fc.oneof(
            fc.dictionary(fc.constantFrom("id", "level", "value", "sources", "src", "__proto__"), tie("value")),
            tie("value"),
          ),
          content: tie("value"),
          marks: tie("value"),
          text: tie("value"),
        },
        { requiredKeys: [] },
      ),
    }))
    fc.assert(
      fc.property(fc.oneof(hostile.node, fc.jsonValue()), (json) => {
        try {
          parsePage(json)
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidDocument)
          expect((error as InvalidDocument).reason).not.toBe("")
        }
      }),
      { numRuns: 1000 },
    )
  })
})

describe("hostile sizes are refused at once", () => {
  const nested = (levels: number, wrap: (inner: unknown) => unknown, inner: unknown) => {
    for (let level = 0; level < levels; level++) inner = wrap(inner)
    return inner
  }
  const list = (inner: unknown) => ({
    type: "bullet_list",
    content: [{ type: "list_item", content: [paragraph(), inner] }],
  })
  const big = "x".repeat(1_500_000)
  const many = (one: unknown) => Array.from({ length: 100_000 }, () => one)

  it.each<[what: string, json: () => unknown, reason: string]>([
    ["100,000 lists in each other", () => page(nested(100_000, list, paragraph())), "more than 40 levels deep"],
    ["100,000 arrays in each other", () => page(nested(100_000, (inner) => [inner], [])), "this has to be an object"],
    [
      "... in an attribute",
      () => page({ type: "paragraph", attrs: { id: nested(100_000, (inner) => [inner], []) } }),
      "an id is",
    ],
    ["a long text", () => said(big), `more than ${PAGE_BOUNDS.characters} characters`],
    ["a million accents on one letter", () => said(`a${"\u0f74\u0f72".repeat(500_000)}`), "more than 30 accents"],
    [
      "100,000 paragraphs",
      () => ({ type: "doc", content: many({ type: "paragraph" }) }),
      `more than ${PAGE_BOUNDS.nodes} parts`,
    ],
    [
      "100,000 attributes",
      () =>
        page({ type: "paragraph", attrs: Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`k${i}`, 1])) }),
      "is not known here",
    ],
    [
      "100,000 marks",
      () => page(paragraph({ type: "text", text: "x", marks: many({ type: "em" }) })),
      "too many marks",
    ],
    ["a long type", () => page({ type: big }), "there is no type"],
    ["a long link", () => said("x", link(`https://${big}`)), "longer than 2048"],
    [
      "long hours",
      () => facts({ label: "x", type: "hours", value: "Mo 08:00-09:00;".repeat(90_000) }),
      "longer than 2000",
    ],
  ])("%s", (_, json, reason) => {
    const given = json()
    const began = process.cpuUsage()
    expect(refusal(given)[1]).toContain(reason)
    expect(process.cpuUsage(began).user / 1_000).toBeLessThan(1_000)
  })

  it("but not lists nineteen deep", () => {
    expect(() =>
      parsePage(
        page(nested(18, list, { type: "bullet_list", content: [{ type: "list_item", content: [paragraph()] }] })),
      ),
    ).not.toThrow()
  })
})

describe("parseComment", () => {
  it("admits the marks of commenters, and nothing of pages", () => {
    const mark = (type: string) => ({ type })
    const comment = said("x", mark("del"), mark("quotation"), mark("work"), {
      type: "abbreviation",
      attrs: { title: "y" },
    })
    expect(parseComment(comment).textContent).toBe("x")
    expect(refusal(page({ type: "heading" }), parseComment)).toEqual(["content[0].type", 'there is no type "heading"'])
    expect(refusal(page({ type: "paragraph", attrs: { id: "a" } }), parseComment)[1]).toBe('"id" is not known here')
    expect(refusal(said("x", link("javascript:1")), parseComment)[0]).toBe("content[0].content[0].marks[0].attrs.href")
    expect(refusal(said("x".repeat(20_001)), parseComment)[1]).toContain("more than 20000 characters")
  })
})

describe("InvalidDocument", () => {
  it("says where and why in one line", () => {
    const bad = () => parsePage(page(ul(li(p("a"))).toJSON(), { type: "paragraph", attrs: { id: "É" } }))
    expect(bad).toThrow(
      new InvalidDocument("content[1].attrs.id", "an id is 1 to 64 lower-case letters, digits and hyphens, or null"),
    )
    expect(bad).toThrow(/^content\[1\]\.attrs\.id: an id is 1 to 64/)
  })
})
