import { XMLParser, XMLValidator } from "fast-xml-parser"
import { describe, expect, it } from "vitest"
import { discoveryComment } from "../../../server/linkbacks/rdf.ts"

describe("TrackBack 1.2, the announcement in a page", () => {
  it.each(["--", "-->", "--!>", "]]>", '"><script>', "---", "a -- b", "<!--", "&quot;--&gt;", "'-", "-", "\u0001\ufffe"])(
    "TB-R9 keeps %j in a title from breaking the comment or the RDF",
    async (title) => {
      const comment = discoveryComment({ url: "https://xn--caf-dma.example/wiki/a", title, ping: "https://xn--caf-dma.example/wiki/a/trackback" })
      const inside = comment.slice("<!--".length, -"-->".length)
      expect(inside).not.toMatch(/--|\]\]>|^-?>/)
      expect(XMLValidator.validate(inside)).toBe(true)
      const parser = new XMLParser({ ignoreAttributes: false, htmlEntities: true, parseAttributeValue: false, trimValues: false })
      const description = parser.parse(inside.trim())["rdf:RDF"]["rdf:Description"]
      expect(description["@_dc:title"].trim()).toBe(title.replace(/[\u0001\ufffe]/g, "").trim())
      expect(description["@_rdf:about"]).toBe("https://xn--caf-dma.example/wiki/a")
    },
  )
})
