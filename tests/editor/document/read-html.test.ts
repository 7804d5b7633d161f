import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { toHtml } from "../../../editor/document/html.ts"
import { parsePage } from "../../../editor/document/parse.ts"
import { fromHtml } from "../../../editor/document/read-html.ts"
import { cpuTime } from "../../helpers/cpu-time.ts"
import {
  address, anyPage, br, cite, code, doc, em, fact, figure, h2, h3, h4, hr, lang, li, link, notice, ol, p, quote, sheet,
  strong, table, td, th, tr, ul,
} from "../../helpers/documents.ts" // prettier-ignore

const read = (html: string) => fromHtml(html).doc.toJSON()
const warned = (html: string) => fromHtml(html).warnings

describe("HTML that this site wrote", () => {
  test("reads back as the same page: ids, facts and citations too", () => {
    fc.assert(
      fc.property(anyPage(), fc.boolean(), (page, permalinks) => {
        const html = toHtml(page, { permalinks, today: "2026-11-23" })
        const { doc: again, title, warnings } = fromHtml(html)
        expect({ title, warnings, words: words(again) }, html).toEqual({
          title: null,
          warnings: [],
          words: words(page),
        })
        // White space that HTML doesn't show is folded the first time; from then on nothing changes.
        expect(fromHtml(toHtml(again)).doc.toJSON(), html).toEqual(again.toJSON())
      }),
      { numRuns: 300 },
    )
  })

  test("keeps every attribute of a fact, and its note", () => {
    const source = { source: "krome-2023", title: "", locator: "p. 3", quote: "thirteen" }
    const phone = {
      key: "phone",
      type: "phone",
      value: "+13052072001",
      asOf: "~2012",
      rank: "deprecated",
      sources: [source],
    }
    const page = doc(sheet({ id: "s" }, fact({ id: "f", ...phone }, "Ask for ", em("the desk"), ".")))
    expect(read(toHtml(page, { today: "2026-11-23" }))).toEqual(page.toJSON())
  })

  test("gives an id once only", () => {
    const html = '<p id="b-one">One</p><p id="b-one">Two</p><p id="other">Three</p>'
    expect(read(html)).toEqual(doc(p({ id: "one" }, "One"), p("Two"), p("Three")).toJSON())
  })
})

describe("any HTML", () => {
  const tags = [
    "div", "p", "b", "i", "ul", "li", "ol", "table", "tr", "td", "th", "blockquote", "h1", "h2", "span", "br", "hr",
    "pre", "dl", "dt", "dd", "address", "figure", "figcaption", "img src=/media/a.png", "aside data-notice=info", "q",
    "sup",
    "cite data-source=x", "script", "style", "template", "textarea", "svg", "math", "form", "caption", "th colspan=3",
    "td rowspan=2", "p class=MsoNormal style='mso-list:l0 level2 lfo1'", "b style='font-weight:normal'", "title", "x",
    "div data-fact='{}'", "a href=javascript:alert(1)", "a href=https://a.example", "!--", "/p", "/ul", "/div",
    "/table", "/b", "/blockquote", "/td", "/li", "/script", "/style", "/title", "/h2", "constructor", "__proto__",
  ] // prettier-ignore
  const text = ["a", "b c", " ", "\n", "\u00a0", "&amp;", "12", "e\u0301", "<", "-->", "<b", "&#7;", "\u202e"]
  const anyHtml = fc
    .array(fc.oneof(fc.constantFrom(...tags.map((tag) => `<${tag}>`)), fc.constantFrom(...text)), { maxLength: 40 })
    .map((parts) => parts.join(""))

  test("is a page that may be kept, and cleaning it twice changes nothing", () => {
    fc.assert(
      fc.property(anyHtml, (html) => {
        const { doc: page } = fromHtml(html)
        expect(parsePage(page.toJSON()).eq(page), html).toBe(true)
        expect(fromHtml(toHtml(page)).doc.toJSON(), html).toEqual(page.toJSON())
      }),
      { numRuns: 1000 },
    )
  })

  test("is read in time that grows with its length alone", () => {
    const units = [
      "<",
      "<div>",
      "<b><i>",
      "<ul><li>",
      "<table><tr><td>",
      "<p><font a=1>x",
      "<figure><img>",
      "<!--",
      "&",
    ]
    for (const unit of [...units, "<li><blockquote>", "<a href=x>y", "<p style='mso-list:l0 level1 x'>a</p>", "x <"]) {
      const text = unit.repeat(200_000 / unit.length)
      expect(
        cpuTime(() => fromHtml(text)),
        unit,
      ).toBeLessThan(2000)
    }
  })

  test("may nest as deeply as it likes", () => {
    const html = `${"<div><ul><li>".repeat(5000)}deep${"</li></ul></div>".repeat(5000)}`
    const { doc: page, warnings } = fromHtml(html)
    expect(page.textContent).toBe("deep")
    expect(parsePage(page.toJSON()).eq(page)).toBe(true)
    expect(warnings).toEqual(["Line 1: Lists this deep became paragraphs."])
  })
})

describe("what a page has no place for", () => {
  test("is left out and named with its line", () => {
    const html = `<p>One</p>
<script>alert("1")</script><style>p { color: red }</style>
<iframe src="https://a.example"></iframe><button>Share</button>
<img src="https://a.example/x.png" alt="The gate">`
    expect(fromHtml(html)).toMatchObject({
      warnings: [
        "Line 2: A script was left out.",
        "Line 2: A style sheet was left out.",
        "Line 3: An embedded page was left out.",
        "Line 3: A button was left out: “Share”.",
        "Line 4: A picture was left out: “The gate”, “https://a.example/x.png”. Pictures are uploaded here first.",
      ],
    })
    expect(read(html)).toEqual(doc(p("One")).toJSON())
  })

  test("is told apart by what it is, not by what objects inherit", () => {
    expect(fromHtml("<constructor>a</constructor>")).toMatchObject({ warnings: [] })
  })

  test("such as a link to a script keeps its words", () => {
    const html =
      '<p><a href="javascript:alert(1)">one</a> <a href="#">two</a> <a href="https://b.example">three</a></p>'
    expect(read(html)).toEqual(doc(p("one two ", link("https://b.example/", "three"))).toJSON())
    expect(warned(html)).toEqual([
      "Line 1: The link to “javascript:alert(1)” was left out; its words were kept.",
      "Line 1: A link that leads nowhere was left out; its words were kept.",
    ])
  })

  test("such as a fact that holds what no fact may becomes text", () => {
    const forged = JSON.stringify({ key: "phone", type: "phone", value: "javascript:alert(1)" }).replaceAll(
      '"',
      "&quot;",
    )
    const html = `<dl><div data-fact="${forged}"><dt>Phone</dt><dd>call<div class="note">now</div></dd></div></dl>`
    expect(read(html)).toEqual(doc(p(strong("Phone")), p("call"), p("now")).toJSON())
    expect(warned(html)[0]).toMatch(/^Line 1: A fact was kept as text:/)
  })
})

describe("a web page", () => {
  test("has its first heading of the highest level as its title, or else the name in its head", () => {
    expect(fromHtml("<title>Site</title><h1>Krome <b>Center</b></h1><h1>Visits</h1><h5>By bus</h5>")).toMatchObject({
      title: "Krome Center",
      doc: doc(h2("Visits"), h4("By bus")),
    })
    expect(fromHtml("<title> Krome |\nSite </title><p>Words")).toMatchObject({ title: "Krome | Site" })
  })

  test("may write its paragraphs as boxes and line breaks", () => {
    const html = "<div>One<br>two<div> three </div>four</div>five <span>six\n seven</span><br><p>&nbsp;</p>eight"
    expect(read(html)).toEqual(
      doc(p("One", br(), "two"), p("three"), p("four"), p("five six seven"), p("eight")).toJSON(),
    )
  })

  test("keeps marks, languages, digits above the line, and other structure", () => {
    const html = `<p><b>Call</b> <i>first</i> <code>1#</code> <span lang="es">Buenos días</span> 10<sup>6</sup>
<q>so</q></p>
<hr><blockquote>said</blockquote><address>Street<br>City</address><pre>a
  b</pre><ol start="3"><li>x<ul><li>y</ul></ol>`
    expect(read(html)).toEqual(
      doc(
        p(strong("Call"), " ", em("first"), " ", code("1#"), " ", lang("es", "Buenos días"), " 10⁶ “so”"),
        hr(),
        quote(p("said")),
        address("Street", br(), "City"),
        p("a", br(), "b"),
        ol({ start: 3 }, li(p("x"), ul(li(p("y"))))),
      ).toJSON(),
    )
  })

  test("keeps pictures of this site, and the place of those that are lost", () => {
    const html = `<figure><img src="/media/gate.webp" alt="The gate" width="640" height="480">
<figcaption>At dawn</figcaption></figure><figure><img src="gone.jpg" alt="Yard">
<figcaption>In <b>1992</b></figcaption></figure>`
    const kept = { src: "/media/gate.webp", alt: "The gate", width: 640, height: 480 }
    expect(read(html)).toEqual(doc(figure(kept, "At dawn"), figure({ alt: "Yard" }, "In ", strong("1992"))).toJSON())
    expect(warned(html)).toEqual([
      "Line 2: The picture “gone.jpg” is marked as missing. Pictures are uploaded here first.",
    ])
  })

  test("has what is too much for a list, a quotation or a cell made plain", () => {
    const html =
      "<ul><li>a<h3>b</h3></ul><blockquote><h2>c</h2></blockquote><table><tr><td><p>d</p><ul><li>e</ul><td>f</table>"
    expect(read(html)).toEqual(
      doc(ul(li(p("a"), p(strong("b")))), quote(p(strong("c"))), table(tr(td("d", br(), "• e"), td("f")))).toJSON(),
    )
    expect(warned(html)).toEqual([
      "Line 1: A heading inside a list became plain text.",
      "Line 1: A heading inside a quotation became plain text.",
    ])
  })
})

describe("a table", () => {
  test("is made a plain grid, with its caption before it", () => {
    const html = `<table><caption>Hours</caption><tr><th>Day<th colspan="2">Time
<tr><td rowspan="2">Sat<td>8<td>10<tr><td>1</table>`
    expect(read(html)).toEqual(
      doc(
        p("Hours"),
        table(tr(th("Day"), th("Time"), th()), tr(td("Sat"), td("8"), td("10")), tr(td(), td("1"), td())),
      ).toJSON(),
    )
    expect(warned(html)).toEqual([
      "Line 1: Cells that span several columns or rows were split; all but the first part are empty.",
    ])
  })

  test("that only arranges a page is taken apart", () => {
    const html = "<table><tr><td><h2>Visits</h2><p>Come</p><td><table><tr><td>a<td>b</table></table>"
    expect(read(html)).toEqual(doc(h2("Visits"), p("Come"), table(tr(td("a"), td("b")))).toJSON())
    expect(read("<table><tr><td><p>a</p><p>b</p></table>")).toEqual(doc(p("a"), p("b")).toJSON())
  })
})

describe("a text from Google Docs", () => {
  test("is not all bold, and has its nested lists in the items before them", () => {
    const html = `<b style="font-weight:normal;" id="docs-internal-guid-1">
<h2 dir="ltr"><span style="font-weight:700">Visits</span></h2>
<p dir="ltr"><span style="font-weight:400">Come </span><span style="font-weight:700;font-style:italic">early</span></p>
<ul><li dir="ltr"><p role="presentation">one</p></li><ul><li><p>two</p></li></ul><li><p>three</p></li></ul><br></b>`
    expect(read(html)).toEqual(
      doc(h2("Visits"), p("Come ", strong(em("early"))), ul(li(p("one"), ul(li(p("two")))), li(p("three")))).toJSON(),
    )
    expect(warned(html)).toEqual([])
  })
})

describe("a text from Word", () => {
  const item = (level: number, marker: string, text: string) =>
    `<p class=MsoListParagraph style='text-indent:-18pt;mso-list:l0 level${level} lfo1'><![if !supportLists]>` +
    `<span style='mso-list:Ignore'>${marker}<span>&nbsp;&nbsp; </span></span><![endif]>${text}</p>`

  test("has its title, its lists by their levels, and no marks that are only Word's", () => {
    const html = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><body><p class=MsoTitle>Krome</p>
<p class=MsoNormal>Come <span lang=EN-US>early</span>, <span lang=ES>por favor</span><o:p></o:p></p>
${item(1, "·", "one")}
${item(2, "a)", "two")}
${item(1, "·", "three")}
${item(1, "1.", "four")}<p class=MsoNormal><o:p>&nbsp;</o:p></p></body></html>`
    const { doc: page, title, warnings } = fromHtml(html)
    expect({ title, warnings }).toEqual({ title: "Krome", warnings: [] })
    expect(page.toJSON()).toEqual(
      doc(
        p("Come early, ", lang("es", "por favor")),
        ul(li(p("one"), ol(li(p("two")))), li(p("three"))),
        ol(li(p("four"))),
      ).toJSON(),
    )
  })
})

describe("what this site's own HTML leaves to the reader", () => {
  test("such as a notice and a citation comes back as it was", () => {
    const page = doc(
      h3("Money"),
      notice({ kind: "danger" }, p("Do not pay at the gate."), ul(li(p("Ask first.")))),
      p("So they say.", cite({ source: "https://a.example/r.pdf", title: "Report", locator: "p. 2", quote: "so" })),
    )
    expect(read(toHtml(page))).toEqual(page.toJSON())
  })
})

/** What a page says, whatever blanks stand between. */
function words(page: ReturnType<typeof doc>): string {
  const text = page.textBetween(0, page.content.size, "\n", (leaf) =>
    leaf.type.name === "citation" ? JSON.stringify(leaf.attrs) : "\n",
  )
  return text.split(/\s+/).filter(Boolean).join(" ")
}
