import { cleanBlocks } from "./clean-blocks.ts"
import { cleanInline } from "./clean-inline.ts"
import { flattenTables } from "./clean-tables.ts"
import { isWord, listsFromWord } from "./clean-word.ts"
import { type Dropped, dropForeign } from "./drop-foreign.ts"
import { all, DISARMED, textsIn } from "./pasted-dom.ts"

/**
 * Cleans HTML from Word, Google Docs and web pages into markup that the schema can read: headings of the levels a page
 * has, lists that Word writes as paragraphs, bold and italics that are only style, tables as plain grids. Everything that
 * is only looks goes, and everything the schema has no place for; what a person would miss is counted.
 */
export function cleanHtml(html: string): { html: string; dropped: Dropped } {
  const { body } = new DOMParser().parseFromString(disarm(html), "text/html")
  restoreWords(body)
  const fromEditor = body.querySelector("[data-pm-slice]") !== null
  const dropped = dropForeign(body)
  // Text copied from an editor like this one has its structure already.
  if (!fromEditor) {
    const fromWord = isWord(html)
    if (fromWord) listsFromWord(body)
    cleanInline(body, fromWord)
    flattenTables(body)
    cleanBlocks(body)
  }
  return { html: body.innerHTML, dropped }
}

// The policy of the page forbids styles and handlers in markup, even in a document nobody sees, and reports each: they
// are given another name before the markup is read.
function disarm(html: string): string {
  return html
    .replace(/([\s"'/])(?=(?:style|on[a-z]+)\s*=)/gi, `$1${DISARMED}`)
    .replace(/<(\/?)style\b/gi, "<$1pasted-style")
}

// Words of the text and of addresses that looked like the name of such an attribute.
function restoreWords(body: HTMLElement) {
  for (const text of textsIn(body)) if (text.data.includes(DISARMED)) text.data = text.data.replaceAll(DISARMED, "")
  for (const element of all(body, "*")) {
    for (const { name, value } of [...element.attributes]) {
      if (value.includes(DISARMED)) element.setAttribute(name, value.replaceAll(DISARMED, ""))
    }
  }
}
