import fc from "fast-check"
import { type DefaultTreeAdapterTypes, parseFragment } from "parse5"
import { describe, expect, it } from "vitest"
import { changeListHtml, diffDocuments, diffHtml, diffViews } from "../../../editor/document/index.ts"
import { anyEditedPage } from "../../helpers/any-edit.ts"
import { doc, fact, figure, h2, li, link, p, sheet, table, td, tr, ul } from "../../helpers/documents.ts"

const paragraphs = (count: number) => Array.from({ length: count }, (_, at) => p(`Paragraph ${at} says what it says.`))

describe("a drawn diff", { timeout: 120_000 }, () => {
  it("marks words that came and went, in words as well", () => {
    const html = diffHtml(diffDocuments(doc(p("call the front desk")), doc(p("call the main desk"))), "inline")
    expect(html).toBe(
      '<div class="diff diff-inline"><p>call the ' +
        '<del class="change removed text" id="c1" data-label="removed">front</del>' +
        '<ins class="change added text" data-label="added">main</ins> desk</p></div>',
    )
  })

  it("says what the words alone do not show", () => {
    const diff = diffDocuments(
      doc(p("see ", link("https://a.example", "it"))),
      doc(p("see ", link("https://b.example", "it"))),
    )
    expect(diffHtml(diff, "inline")).toContain("Link target changed from https://a.example to https://b.example")
    expect(diffHtml(diff, "inline")).not.toMatch(/<ins|<del/)
  })

  it("shows the value of a fact before and now", () => {
    const phone = { id: "f", key: "phone", type: "phone", value: "+13052072001" }
    const diff = diffDocuments(doc(sheet(fact(phone))), doc(sheet(fact({ ...phone, value: "+13052072100" }))))
    const html = diffHtml(diff, "inline")
    expect(html).toMatch(/<del class="change removed fact" data-label="before">\(305\) 207-2001<\/del>/)
    expect(html).toContain("(305) 207-2100</a>")
  })

  it("leaves the old text without its insertions, and the new text without its deletions", () => {
    fc.assert(
      fc.property(anyLines, ([old, now]) => {
        const page = (lines: string[]) =>
          doc(
            h2("Visits"),
            lines.map((text, at) => p({ id: `line-${at}` }, text)),
          )
        const diff = diffDocuments(page(old), page(now))
        // Lines that took each other's words are drawn as moved, where they are now.
        fc.pre(diff.changes.every(({ kind }) => kind !== "block-moved"))
        const html = diffHtml(diff, "inline")
        expect(linesWithout("ins", html)).toEqual(old)
        expect(linesWithout("del", html)).toEqual(now)
      }),
      { numRuns: 500 },
    )
  })

  it("folds what did not change, but for the neighbours of a change", () => {
    const from = paragraphs(20)
    const to = from.toSpliced(10, 1, p("Paragraph 10 says something else."))
    const html = diffHtml(diffDocuments(doc(...(from as [])), doc(...(to as []))), "inline")
    expect(html.match(/<summary>[^<]*/g)).toEqual(["<summary>9 unchanged blocks", "<summary>8 unchanged blocks"])
  })

  it("folds a neighbour, too, that is longer than some paragraphs", () => {
    const long = p("Words without an end. ".repeat(300))
    const html = diffHtml(diffDocuments(doc(long, p("Call."), p("Visit."), long), doc(long, p("Call first."), p("Visit."), long)), "inline")
    expect(html.match(/<summary>[^<]*/g)).toEqual(["<summary>1 unchanged block", "<summary>1 unchanged block"])
    expect(html.replace(/<details[^]*?<\/details>/g, "")).toContain("Visit.")
  })

  it("leads from where a block was to where it is", () => {
    const diff = diffDocuments(doc(p("A"), p("B"), p("C"), p("D")), doc(p("D"), p("A"), p("B"), p("C")))
    expect(diffHtml(diff, "inline")).toContain('<a href="#c1">moved, see change 1</a>')
  })

  it("says that a paragraph was split, and draws no blank that went with it", () => {
    const html = diffHtml(diffDocuments(doc(p("one two. three four.")), doc(p("one two."), p("three four."))), "inline")
    expect(html).toBe(
      '<div class="diff diff-inline"><p class="change note structure" id="c1">Paragraph split in two before “three four.”</p>' +
        "<p>one two.</p><p>three four.</p></div>",
    )
  })

  it("leaves out what is filtered, and says how much", () => {
    const diff = diffDocuments(doc(p('say "yes" to it')), doc(p("say “yes” to them")))
    const html = diffHtml(diff, "inline", { hide: ["punctuation"] })
    expect(html).toContain("say “yes” to <del")
    expect(html).toContain('<p class="diff-hidden">Not shown: 2 punctuation.</p>')
    expect(changeListHtml(diff, { hide: ["punctuation"] })).toContain(
      '<ol class="change-list"><li value="3" class="text"><a href="#c3">',
    )
  })

  it("says when it is coarse", () => {
    const diff = diffDocuments(doc(p("one two"), p("three")), doc(p("four five"), p("six")))
    expect(diffHtml(diff, "inline")).toContain(
      '<p class="diff-warning" role="note">The new text has nothing in common with the old one',
    )
  })

  it("is escaped whatever the text says", () => {
    const evil = '<img src=x onerror="alert(1)">'
    const from = doc(p({ id: "a" }, "x"), figure({ id: "g", alt: "x" }), ul({ id: "u" }, li(p("x"))))
    const to = doc(p({ id: "a" }, evil), figure({ id: "g", alt: evil }), ul({ id: "u" }, li(p(evil))))
    const titles = { fromTitle: "x", toTitle: evil }
    const diff = diffDocuments(from, to, titles)
    for (const view of diffViews) expect(diffHtml(diff, view)).not.toContain("<img src=x")
    expect(changeListHtml(diff)).not.toContain("<img")
  })

  it("sets rows, items and facts beside their counterparts", () => {
    const from = doc(h2("Visits"), ul(li(p("one")), li(p("two"))), table(tr(td("a"), td("b")), tr(td("c"), td("d"))))
    const to = doc(h2("Visits"), ul(li(p("one")), li(p("three"))), table(tr(td("a"), td("b")), tr(td("c"), td("e"))))
    const html = diffHtml(diffDocuments(from, to), "side")
    expect(html).toMatch(
      /<td class="before"><ul class="depth-0"><li><p><del.*?two<\/del><\/p><\/li><\/ul><\/td><td class="now"><ul class="depth-0"><li><p><ins.*?three<\/ins>/,
    )
  })

  it("shows lines of Markdown with the words that differ", () => {
    const html = diffHtml(
      diffDocuments(doc(h2("Visits"), p("call the front desk")), doc(h2("Visits"), p("call the main desk"))),
      "source",
    )
    expect(html).toContain(
      '<tr class="removed" id="c1"><td class="line">3</td><td class="line"></td><td class="sign">−</td><td class="source"><code>call the <del>front</del> desk',
    )
  })

  it("is valid, and has an element for each change and none twice, in each view", () => {
    fc.assert(
      fc.property(anyEditedPage, ({ from, to }) => {
        const diff = diffDocuments(from, to)
        const expected = diff.changes.map(({ number }) => `c${number}`).sort()
        for (const view of diffViews) {
          const html = diffHtml(diff, view)
          const problems: string[] = []
          const tree = parseFragment(html, { onParseError: ({ code }) => problems.push(code) })
          expect(problems).toEqual([])
          expect(idsOf(tree).sort(), view).toEqual(expected)
        }
      }),
      { numRuns: 300 },
    )
  })
})

// Of the same ids: a paragraph that moved or was joined is only said to have been where it was.
const anyWords = fc.array(
  fc.constantFrom("call", "the", "desk", "(305) 207-2001", "8am", "first.", "“yes”", "año", "👍🏽", " "),
  { maxLength: 12 },
)
const anyLines = fc
  .array(fc.tuple(anyWords, anyWords), { minLength: 1, maxLength: 4 })
  .map(
    (lines) =>
      [0, 1].map((side) => lines.map((words, at) => [`Line ${at}`, ...words[side]!].join(" "))) as [string[], string[]],
  )

/** The paragraphs that are left when all elements of a name are taken out, but for what is said about them. */
function linesWithout(tag: string, html: string): string[] {
  const lines: string[] = []
  const textOf = (node: DefaultTreeAdapterTypes.ParentNode): string =>
    node.childNodes
      .map((child) =>
        "tagName" in child ? (child.tagName === tag ? "" : textOf(child)) : "value" in child ? child.value : "",
      )
      .join("")
  const visit = (node: DefaultTreeAdapterTypes.ParentNode): void => {
    for (const child of node.childNodes) {
      if (!("tagName" in child) || child.tagName === tag) continue
      const isNote = child.attrs.some(({ name, value }) => name === "class" && /note|change-left/.test(value))
      if (child.tagName === "p" && !isNote) lines.push(textOf(child))
      else visit(child)
    }
  }
  visit(parseFragment(html))
  return lines
}

function idsOf(node: DefaultTreeAdapterTypes.ParentNode): string[] {
  return node.childNodes.flatMap((child) => {
    if (!("tagName" in child)) return []
    const id = child.attrs.find(({ name }) => name === "id")?.value
    return [...(id === undefined ? [] : [id]), ...idsOf(child)]
  })
}

describe("a diff among others on a page", () => {
  const page = (last: string) => doc(...["A", "B", "C", "D", "E", "F"].map((text) => p(text)), p(last))

  it.each(diffViews)("counts what did not change, and names its changes after itself: %s", (view) => {
    const diff = diffDocuments(page("call the front desk"), page("call the main desk"))
    const html = diffHtml(diff, view, { prefix: "e7-", brief: true })
    expect(html).toContain('id="e7-c1"')
    expect(html).toMatch(/<p class="unchanged">\d+ unchanged (?:blocks|rows|lines)<\/p>/)
    expect(html).not.toContain("<details")
    expect(changeListHtml(diff, { prefix: "e7-" })).toContain('href="#e7-c1"')
  })
})
