import type { Mark, Node } from "prosemirror-model"

/** A comment as its author would type it: `commentFromHtml` reads the same document back. */
export function commentSource(doc: Node): string {
  return doc.children.map((block) => (block.type.name === "blockquote" ? `<blockquote>${paragraphs(block)}</blockquote>` : inlineSource(block))).join("\n\n")
}

function paragraphs(quotation: Node): string {
  return quotation.children.map(inlineSource).join("\n\n")
}

function inlineSource(paragraph: Node): string {
  let source = ""
  let open: readonly Mark[] = []
  for (const node of paragraph.children) {
    const { marks } = node
    const shared = open.findIndex((mark, at) => !marks[at]?.eq(mark))
    const kept = shared < 0 ? open.length : shared
    source += open.slice(kept).reverse().map(endTag).join("") + marks.slice(kept).map(startTag).join("")
    source += node.isText ? escaped(node.text!) : "\n"
    open = marks
  }
  return source + [...open].reverse().map(endTag).join("")
}

const tags: Record<string, string> = { link: "a", strong: "strong", em: "em", code: "code", del: "del", quotation: "q", work: "cite", abbreviation: "abbr" }

function startTag({ type, attrs }: Mark): string {
  const name = tags[type.name]!
  if (type.name === "link") return `<${name} href="${attribute(attrs.href as string)}">`
  return attrs.title ? `<${name} title="${attribute(attrs.title as string)}">` : `<${name}>`
}

function endTag({ type }: Mark): string {
  return `</${tags[type.name]!}>`
}

// Only what would be read as something else: people see this again in the form.
function escaped(text: string): string {
  return text.replace(/&(?=[a-z#])/gi, "&amp;").replace(/<(?=[a-z/!?])/gi, "&lt;")
}

function attribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;")
}
