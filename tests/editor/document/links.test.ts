import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { isSlug, linkedSlugs, linkKind, links, readHref, readSource } from "../../../editor/document/index.ts"
import { cite, doc, fact, link, p, sheet } from "../../helpers/documents.ts"

describe("readHref", () => {
  it.each([
    "javascript:alert(1)", " JavaScript:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)",
    "\u0001javascript:1",
    "data:text/html,<script>", "vbscript:x", "blob:https://a.example/1", "file:///etc/passwd", "ftp://a.example/",
    "//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example", "/.//evil.example",
    "/..//evil.example",
    "https://user@a.example/", "https://www.bank.example:secret@evil.example/", "https://", "https://a\u0000b.example/",
    "page", "somewhere/else", "?q=1", "#", "", " ", "mailto:nobody", "mailto:", "tel:", "tel:alert(1)", "tel:1",
    `https://a.example/${"x".repeat(2048)}`,
  ])("refuses %j", (href) => expect(readHref(href)).toBeNull())

  it.each([
    ["https://Example.ORG", "https://example.org/"],
    ["HTTP://example.org/a b?c=d#e", "http://example.org/a%20b?c=d#e"],
    [" https://example.org/\n", "https://example.org/"],
    ["https:example.org", "https://example.org/"],
    ["www.example.org/x", "https://www.example.org/x"],
    ["/wiki/café", "/wiki/caf%C3%A9"],
    ["/wiki/../media/a.png?b#c", "/media/a.png?b#c"],
    ["#b-visits", "#b-visits"],
    ["mailto:desk@example.org?subject=Visit", "mailto:desk@example.org?subject=Visit"],
    ["tel:+1 (305) 207-2001", "tel:+13052072001"],
    ["tel:+13052072001;ext=12", "tel:+13052072001;ext=12"],
  ])("reads %j as %j", (raw, href) => expect(readHref(raw)).toBe(href))

  it("returns only what a browser takes where it says, and reads it again as the same", () => {
    const piece = fc.constantFrom(
      "http:", "https:", "javascript:", "mailto:", "tel:", "/", "//", "\\", "@", ":", "a.example", "%2f", "%00", "\t",
      "\n", " ", "#", "?", "..", ".", "[::1]", "xn--", "é", "1", "+", ";ext=",
    )
    const raw = fc.oneof(fc.array(piece, { maxLength: 7 }).map((all) => all.join("")), fc.webUrl(), fc.string())
    fc.assert(
      fc.property(raw, (text) => {
        const href = readHref(text)
        if (href === null) return
        expect(readHref(href)).toBe(href)
        const url = new URL(href, "https://habeas.example/wiki/page")
        expect(["http:", "https:", "mailto:", "tel:"]).toContain(url.protocol)
        if (/^[/#]/.test(href)) expect(url.origin).toBe("https://habeas.example")
        else expect(new URL(text.startsWith("www.") ? `https://${text}` : text.trim()).protocol).toBe(url.protocol)
      }),
      { numRuns: 3000 },
    )
  })
})

describe("linkKind", () => {
  it.each([
    ["/wiki/krome", "wiki"],
    ["/wiki/krome#b-visits", "wiki"],
    ["/wiki/krome/history", "site"],
    ["/search?q=krome", "site"],
    ["#b-visits", "anchor"],
    ["https://example.org/wiki/krome", "web"],
    ["mailto:desk@example.org", "mail"],
    ["tel:+13052072001", "tel"],
  ] as const)("calls %j %s", (href, kind) => expect(linkKind(href)).toBe(kind))
})

describe("sources", () => {
  it("are slugs or web addresses, and nothing else", () => {
    expect(readSource("krome-recommendations-2023")).toBe("krome-recommendations-2023")
    expect(readSource(" https://Example.org ")).toBe("https://example.org/")
    for (const bad of ["/wiki/krome", "mailto:a@b.example", "javascript:1", "two words", ""]) {
      expect(readSource(bad)).toBeNull()
    }
    expect(isSlug("centro-de-detención")).toBe(true)
    expect(isSlug("a/b")).toBe(false)
    expect(isSlug("x".repeat(201))).toBe(false)
  })
})

describe("links and linkedSlugs", () => {
  const source = { source: "https://example.org/", title: "", locator: "", quote: "" }
  const page = doc(
    p("See ", link("/wiki/krome#b-visits", "Krome"), " and ", link("https://example.org/", "the list"), "."),
    p(link("/wiki/caf%C3%A9", "café"), cite({ source: "memo-2023" }), cite({ title: "A letter" })),
    sheet(
      fact({ key: "field_office", type: "link", value: "/wiki/miami-field-office Miami" }),
      fact({ key: "status", value: "Open", sources: [source] }),
    ),
    p(link("/wiki/krome", "again")),
  )

  it("find those of text, citations and facts, each once", () => {
    expect(links(page)).toEqual([
      { href: "/wiki/krome#b-visits", kind: "wiki" },
      { href: "https://example.org/", kind: "web" },
      { href: "/wiki/caf%C3%A9", kind: "wiki" },
      { href: "/wiki/memo-2023", kind: "wiki" },
      { href: "/wiki/miami-field-office", kind: "wiki" },
      { href: "/wiki/krome", kind: "wiki" },
    ])
    expect(linkedSlugs(page)).toEqual(["krome", "café", "memo-2023", "miami-field-office"])
  })
})
