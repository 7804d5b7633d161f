import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { commentSchema, numberedSources, parseComment, sourcesHtml, toHtml } from "../../../editor/document/index.ts"
import {
  anyPage,
  br,
  cite,
  code,
  doc,
  em,
  fact,
  figure,
  h2,
  hr,
  lang,
  li,
  link,
  notice,
  ol,
  p,
  sheet,
  strong,
  table,
  td,
  th,
  tr,
  ul,
} from "../../helpers/documents.ts"

const REL = 'rel="nofollow ugc noopener noreferrer"'

describe("toHtml", () => {
  it.each([
    ["escapes text", p('<b> & "quotes"'), '<p>&lt;b&gt; &amp; "quotes"</p>'],
    [
      "escapes attributes",
      figure({ src: "/media/a.png", alt: `"'<>&` }),
      `<figure><img src="/media/a.png" alt="&quot;'&lt;&gt;&amp;" loading="lazy"><figcaption></figcaption></figure>`,
    ],
    ["gives ids a prefix", p({ id: "body" }, "x"), '<p id="b-body">x</p>'],
    [
      "writes one element for neighbours that share a mark",
      p(strong("a", ...em("b")), strong(br(), "c"), em("d")),
      "<p><strong>a<em>b</em><br>c</strong><em>d</em></p>",
    ],
    [
      "writes code and languages",
      p(code("x"), lang("es", "hola")),
      '<p><code>x</code><span lang="es" dir="auto">hola</span></p>',
    ],
    [
      "marks links that leave the site",
      p(link("https://a.example/?a=1&b=2", "x")),
      `<p><a href="https://a.example/?a=1&amp;b=2" ${REL}>x</a></p>`,
    ],
    [
      "leaves links of the site, mail and telephones alone",
      p(link("/wiki/krome", "a"), link("mailto:a@b.example", "b"), link("tel:+1305", "c")),
      '<p><a href="/wiki/krome">a</a><a href="mailto:a@b.example">b</a><a href="tel:+1305">c</a></p>',
    ],
    [
      "writes no link that could run a script, even if one came past the parser",
      p(link("javascript:alert(1)", "x")),
      `<p><a ${REL}>x</a></p>`,
    ],
    [
      "writes lists",
      ul(li(p("a"), ol({ start: 3 }, li(p("b"))))),
      '<ul><li><p>a</p><ol start="3"><li><p>b</p></li></ol></li></ul>',
    ],
    [
      "writes notices and dividers",
      doc(notice({ kind: "danger" }, p("x")), hr()),
      '<aside class="notice danger" data-notice="danger"><p>x</p></aside><hr>',
    ],
    [
      "keeps the words for a lost picture",
      figure({ alt: "The gate" }, "caption"),
      '<figure><p class="missing-picture" data-alt="The gate">Picture missing: The gate</p>' +
        '<figcaption>caption</figcaption></figure>',
    ],
  ])("%s", (_, node, html) => expect(toHtml(node)).toBe(html))

  it("frames a table, and makes a head of its rows of header cells", () => {
    const page = table({ id: "t" }, tr(th("Day"), th("Time")), tr({ id: "r" }, th("Sat"), td("8")))
    expect(toHtml(page)).toBe(
      '<div class="table" role="group" tabindex="0" aria-label="Table: Day, Time"><table id="b-t">' +
        '<thead><tr><th scope="col">Day</th><th scope="col">Time</th></tr></thead>' +
        '<tbody><tr id="b-r"><th scope="row">Sat</th><td>8</td></tr></tbody></table></div>',
    )
    expect(toHtml(table(tr(td("a"))))).toContain('aria-label="Table"><table><tbody><tr><td>a</td></tr></tbody></table>')
  })

  it("gives headings a link to themselves when asked", () => {
    const page = doc(h2({ id: "visits" }, "Visits"), h2("no id"))
    expect(toHtml(page, { permalinks: true })).toBe(
      '<h2 id="b-visits">Visits<a class="permalink" href="#b-visits" aria-label="Link to this section: Visits">' +
        '#</a></h2>' +
        "<h2>no id</h2>",
    )
  })

  it("leaves ids out where two versions share a page", () => {
    const page = doc(h2({ id: "a" }, "A"), table({ id: "t" }, tr({ id: "r" }, td("x"))), p(cite({ source: "memo" })))
    expect(toHtml(page, { ids: false })).not.toMatch(/ id=| href=/)
  })

  it("writes comments by their own schema", () => {
    const mark = (type: string, attrs = {}) => ({ type, attrs })
    const text = (words: string, ...marks: object[]) => ({ type: "text", text: words, marks })
    const comment = parseComment({
      type: "doc",
      content: [
        {
          type: "blockquote",
          content: [{ type: "paragraph", content: [text("said ", mark("quotation")), text("so", mark("del"))] }],
        },
        {
          type: "paragraph",
          content: [text("ICE", mark("abbreviation", { title: "Immigration & Customs" })), text("x", mark("work"))],
        },
      ],
    })
    expect(comment.type.schema).toBe(commentSchema)
    expect(toHtml(comment)).toBe(
      "<blockquote><p><q>said </q><del>so</del></p></blockquote>" +
        '<p><abbr title="Immigration &amp; Customs">ICE</abbr><cite>x</cite></p>',
    )
  })

  it("writes markup from no text or attribute of any page", () => {
    const blocks = "p h2 h3 h4 ul ol li blockquote address aside hr figure img figcaption div table thead tbody tr th"
    const allowed = `${blocks} td dl dt dd br cite a strong em code span time`.split(" ")
    fc.assert(
      fc.property(anyPage(), (page) => {
        const html = toHtml(page, { today: "2026-11-23", permalinks: true })
        for (const [, tag] of html.matchAll(/<\/?([^\s>]*)/g)) expect(allowed).toContain(tag)
        expect(html).not.toMatch(/\son\w+=/)
        const ids = [...html.matchAll(/ id="([^"]*)"/g)].map((match) => match[1])
        expect(new Set(ids).size).toBe(ids.length)
        for (const id of ids) expect(id).toMatch(/^(b|cite)-/)
      }),
    )
  })
})

describe("facts in HTML", () => {
  const row = (attrs: object, ...note: string[]) => toHtml(fact(attrs, ...note), { today: "2026-11-23" })

  it("can be called with a tap", () => {
    expect(
      row({ key: "phone", type: "phone", value: "+13052072001;ext=12", qualifier: "main line" }, "Press 1."),
    ).toContain(
      '<dt>Phone number <span class="qualifier">main line</span></dt>' +
        '<dd><span class="value"><a class="tel" href="tel:+13052072001,12">(305) 207-2001 ext. 12</a></span> ' +
        '<span class="checked never">never checked</span><div class="note">Press 1.</div></dd>',
    )
    expect(row({ label: "Hotline", type: "phone", value: "9233#" })).toContain('<span class="value">9233#</span>')
  })

  it("show addresses and hours line by line, dates and links as such", () => {
    expect(row({ label: "a", type: "address", value: "18201 SW 12th Street\nMiami" })).toContain(
      '<address class="value">18201 SW 12th Street<br>Miami</address>',
    )
    expect(row({ label: "a", type: "hours", value: "Sa 08:00-10:30 (A-L); Su 08:00-10:30 (M-Z)" })).toContain(
      '<table class="value hours"><tbody><tr><th scope="row">Monday to Friday</th><td>no hours given</td></tr>' +
        '<tr><th scope="row">Saturday</th><td>8:00 am – 10:30 am (A-L)</td></tr>' +
        '<tr><th scope="row">Sunday</th><td>8:00 am – 10:30 am (M-Z)</td></tr></tbody></table>',
    )
    expect(row({ label: "a", type: "date", value: "~2022-01/2022-10" })).toContain(
      'about <time datetime="2022-01">January 2022</time> to <time datetime="2022-10">October 2022</time>',
    )
    expect(row({ label: "a", type: "link", value: "https://a.example/ Find a person" })).toContain(
      `<a href="https://a.example/" ${REL}>Find a person</a>`,
    )
  })

  it("say in words that they are out of date, of when they are, and how long ago they were checked", () => {
    const html = row({
      key: "judges",
      type: "person",
      value: "Rex J. Ford",
      rank: "deprecated",
      asOf: "~2012",
      checked: "2026-08-11",
    })
    expect(html).toContain('<div class="fact deprecated"')
    expect(html).toContain('<strong class="warning">Out of date: do not rely on this</strong>')
    expect(html).toContain('<span class="as-of">as of about <time datetime="2012">2012</time></span>')
    expect(html).toContain('<span class="checked due"><time datetime="2026-08-11">checked 3 months ago</time></span>')
    const undated = toHtml(fact({ key: "status", value: "Open", checked: "2026-08-11" }))
    expect(undated).toContain('<span class="checked">checked <time datetime="2026-08-11">11 August 2026</time></span>')
  })

  it("say in words why there is no value", () => {
    expect(row({ key: "contract", type: "money", state: "withheld" })).toContain(
      '<span class="value no-value">Withheld by the agency</span>',
    )
  })

  it("name their kind in the reader's language", () => {
    expect(toHtml(fact({ key: "phone", state: "unknown" }), { language: "ht" })).toContain('<dt><span lang="ht">Nimewo telefòn</span></dt>')
  })

  it("carry what is known of them for the way back", () => {
    expect(toHtml(fact({ id: "f", key: "status", value: "Open" }))).toContain(
      `<div id="b-f" class="fact" data-fact='{"key":"status","value":"Open"}'>`,
    )
  })
})

describe("sources", () => {
  const memo = { source: "memo-2023", title: "", locator: "p. 4", quote: "" }
  const page = doc(
    p(
      "One",
      cite(memo),
      " two",
      cite({ ...memo, quote: "the exact words" }),
      " three",
      cite({ ...memo, locator: "p. 5" }),
    ),
    sheet(
      fact({
        key: "status",
        value: "Open",
        sources: [{ ...memo, source: "https://a.example/", title: "A list" }, memo],
      }),
    ),
    p(link("/wiki/krome", "linked", cite(memo)), cite({ title: "A letter" })),
  )

  it("are numbered in the order of reading; the same place of one source has one number", () => {
    expect(
      numberedSources(page).map(({ number, source, title, locator, quotes }) => [
        number,
        source || title,
        locator,
        quotes,
      ]),
    ).toEqual([
      [1, "memo-2023", "p. 4", ["the exact words"]],
      [2, "memo-2023", "p. 5", []],
      [3, "https://a.example/", "p. 4", []],
      [4, "A letter", "", []],
    ])
    const numbers = [...toHtml(page).matchAll(/\[(\d)\]/g)].map((match) => match[1]).join("")
    expect(numbers).toBe("1123114")
  })

  it("are linked both ways; a citation inside a link stays a number", () => {
    const html = toHtml(page)
    expect(html).toContain(
      '<cite class="citation" data-source="memo-2023" data-locator="p. 4">' +
        '<a id="cite-1" href="#source-1" aria-label="Source 1: memo-2023, p. 4">[1]</a></cite>',
    )
    expect(html.match(/id="cite-1"/g)).toHaveLength(1)
    expect(html).toContain(
      '<a href="/wiki/krome">linked<cite class="citation" data-source="memo-2023" data-locator="p. 4">[1]</cite></a>',
    )
  })

  it("are listed with their titles, places and the words relied on", () => {
    const back = (number: number) => `<a class="back" href="#cite-${number}" aria-label="Back to the text">↑</a>`
    expect(sourcesHtml(page, (slug) => (slug === "memo-2023" ? "Memo of 2023" : undefined))).toBe(
      '<ol class="sources">' +
        `<li id="source-1"><a href="/wiki/memo-2023">Memo of 2023</a>, p. 4 <q>the exact words</q> ${back(1)}</li>` +
        `<li id="source-2"><a href="/wiki/memo-2023">Memo of 2023</a>, p. 5 ${back(2)}</li>` +
        `<li id="source-3"><a href="https://a.example/" ${REL}>A list</a>, p. 4 ${back(3)}</li>` +
        `<li id="source-4">A letter ${back(4)}</li></ol>`,
    )
    expect(sourcesHtml(doc(p("nothing cited")))).toBe("")
  })

  it("keep the numbers of the whole page when a part is written", () => {
    expect(toHtml(page.child(2), { sources: numberedSources(page) })).toContain("[4]")
  })
})
