import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { commentSource } from "../../../editor/document/comment-source.ts"
import { toHtml } from "../../../editor/document/html.ts"
import { parseComment } from "../../../editor/document/parse.ts"
import { commentFromHtml } from "../../../editor/document/read-html.ts"
import { cpuTime } from "../../helpers/cpu-time.ts"

const read = (typed: string) => toHtml(commentFromHtml(typed).doc)
const warned = (typed: string) => commentFromHtml(typed).warnings

describe("a comment", () => {
  test("has a paragraph for every empty line and keeps its new lines", () => {
    expect(read("one\ntwo\r\n\n \nthree")).toBe("<p>one<br>two</p><p>three</p>")
    expect(read("one<br>two<br><br>three<p>four")).toBe("<p>one<br>two</p><p>three</p><p>four</p>")
  })

  test("knows the tags that commenters know, however they are closed", () => {
    expect(read("<b>a <i>b</b> c</i> <strike>d</strike> <code>e")).toBe(
      "<p><strong>a <em>b</em></strong><em> c</em> <del>d</del> <code>e</code></p>",
    )
    expect(read('<q>a</q> <cite>b</cite> <abbr title="C &amp; D">c</abbr> <em>phasis</em>')).toBe(
      '<p><q>a</q> <cite>b</cite> <abbr title="C &amp; D">c</abbr> <em>phasis</em></p>',
    )
    expect(read("<blockquote>a\n\nb<blockquote>c</blockquote></blockquote>d")).toBe(
      "<blockquote><p>a</p><p>b</p><p>c</p></blockquote><p>d</p>",
    )
  })

  test("links only where a reader may be led", () => {
    expect(read('<a href="https://a.example" onclick="x()">a</a>')).toMatch(
      /^<p><a href="https:\/\/a\.example\/" rel="[^"]*">a<\/a>/,
    )
    expect(read('<a href="javascript:alert(1)">a</a>')).toBe("<p>a</p>")
    expect(warned('\n<a href="javascript:alert(1)">a</a>')).toEqual([
      "Line 2: The link to “javascript:alert(1)” was left out; its words were kept.",
    ])
  })

  test("loses other tags but not their words, and says so", () => {
    expect(read("<div>a</div><script>b</script> <img src=x onerror=c>d")).toBe("<p>a</p><p>b d</p>")
    expect(warned("<div>a</div><script>b</script>")).toEqual([
      "Line 1: Comments have no <div>: the tag was left out, its words were kept.",
      "Line 1: Comments have no <script>: the tag was left out, its words were kept.",
    ])
  })

  test("is text where it only looks like tags", () => {
    expect(read("5 < 6, 7 <8, <3, <y and z>, <!-- w --> & <b x")).toBe(
      "<p>5 &lt; 6, 7 &lt;8, &lt;3, &lt;y and z&gt;, &lt;!-- w --&gt; &amp; &lt;b x</p>",
    )
  })

  test("may be empty", () => {
    expect(read(" \n\n<b></b>")).toBe("<p></p>")
  })
})

describe("any text", () => {
  const pieces = [
    "<b>", "</b>", "<i>", "</i>", "<a href=https://a.example>", "</a>", "<blockquote>", "</blockquote>", "<p>", "<br>",
    "<div>", "<x>", "<!--", "-->", "<script>", "<b", "<", "&amp;", "&lt;", "\n", "\n\n", " ", "a", "b c",
    "\u0007", "\u202e", "<abbr title=x>", "</abbr>", "<q>", "</q>", "<code>", "</code>", "e\u0301",
  ] // prettier-ignore
  const typed = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join(""))

  test("is a comment that may be kept; cleaning it twice changes nothing, and it can be typed again", () => {
    fc.assert(
      fc.property(typed, (text) => {
        const { doc } = commentFromHtml(text)
        expect(parseComment(doc.toJSON()).eq(doc), text).toBe(true)
        expect(commentFromHtml(toHtml(doc)).doc.toJSON(), text).toEqual(doc.toJSON())
        expect(commentFromHtml(commentSource(doc)).doc.toJSON(), text).toEqual(doc.toJSON())
      }),
      { numRuns: 1000 },
    )
  })

  test("is read in time that grows with its length alone", () => {
    for (const unit of ["<", "<b>", "<b></i>", "<!--", "<blockquote>", "a\n\n", "<a href=x>y", "<y z>", "&"]) {
      const text = unit.repeat(200_000 / unit.length)
      expect(
        cpuTime(() => commentFromHtml(text)),
        unit,
      ).toBeLessThan(2000)
    }
  })
})
