import { all, rename, textsIn, unwrap, wrapChildren } from "./pasted-dom.ts"

/** Brings blocks to the ones a page has, and takes off every attribute that means nothing to it. */
export function cleanBlocks(body: HTMLElement) {
  definitions(body)
  preformatted(body)
  headings(body)
  for (const lineBreak of all(body, "br")) if (besideBlock(lineBreak)) lineBreak.remove()
  wrapChildren(body, "div")
  for (const block of all(body, "p, div")) splitAtBlankLines(block)
  for (const element of all(body, "strong, em, code")) if (element.textContent?.trim() === "") unwrap(element)
  for (const element of all(body, "p, h2, h3, h4, li, blockquote, div")) if (isEmpty(element)) element.remove()
  for (const element of all(body, "*")) dropAttributes(element)
}

/** The title of the page is its only heading of level 1; below the fourth there is none. Inside lists they are bold lines. */
function headings(body: HTMLElement) {
  for (const heading of all(body, "h1, h2, h3, h4, h5, h6")) {
    if (heading.closest("li, blockquote, td, th, figcaption, aside")) wrapChildren(rename(heading, "p"), "strong")
    else {
      const level = Number(heading.tagName[1])
      rename(heading, `h${Math.min(4, Math.max(2, level))}`)
    }
  }
}

// Only fact sheets of this wiki are definition lists to the schema.
function definitions(body: HTMLElement) {
  for (const list of all(body, "dl")) {
    if (list.querySelector("[data-fact]")) continue
    for (const term of all(list, "dt")) wrapChildren(rename(term, "p"), "strong")
    for (const text of all(list, "dd")) rename(text, "div")
    rename(list, "div")
  }
}

function preformatted(body: HTMLElement) {
  for (const block of all(body, "pre")) {
    for (const text of textsIn(block)) {
      const lines = text.data.replace(/\n$/, "").split("\n")
      text.replaceWith(...lines.flatMap((line, index) => (index ? [document.createElement("br"), line] : [line])))
    }
    const paragraph = rename(block, "p")
    if (!paragraph.querySelector("code")) wrapChildren(paragraph, "code")
  }
}

const BLOCKS = "p, div, h2, h3, h4, ul, ol, table, blockquote, address, aside, hr, dl, figure, section, article"

/** Google Docs puts breaks between blocks to hold them apart; they are no line of anything. */
function besideBlock(lineBreak: HTMLElement): boolean {
  return [neighbour(lineBreak, "previousSibling"), neighbour(lineBreak, "nextSibling")].some(
    (node) => node instanceof Element && node.matches(BLOCKS),
  )
}

function neighbour(node: Node, side: "previousSibling" | "nextSibling"): Node | null {
  let next = node[side]
  while (next && next.nodeType === Node.TEXT_NODE && next.textContent?.trim() === "") next = next[side]
  return next
}

/** Two line breaks in a row are how mail and old pages end a paragraph. */
function splitAtBlankLines(block: HTMLElement) {
  const lines = linesOf(block)
  if (!lines.some((line) => line.length === 0)) return
  const paragraphs: Node[][] = [[]]
  for (const line of lines) {
    const open = paragraphs.at(-1)!
    if (line.length === 0) paragraphs.push([])
    else open.push(...(open.length > 0 ? [document.createElement("br")] : []), ...line)
  }
  const elements = paragraphs.filter((nodes) => nodes.length > 0).map(paragraphOf)
  block.replaceWith(...elements)
}

/** The children of a block between its line breaks; a line of nothing but blanks is empty. */
function linesOf(block: HTMLElement): Node[][] {
  const lines: Node[][] = [[]]
  for (const node of [...block.childNodes]) {
    if (node.nodeName === "BR") lines.push([])
    else lines.at(-1)!.push(node)
  }
  return lines.map((line) => (line.every((node) => node.textContent?.trim() === "") ? [] : line))
}

function paragraphOf(nodes: Node[]): HTMLElement {
  const paragraph = document.createElement("div")
  paragraph.append(...nodes)
  return paragraph
}

function isEmpty(element: HTMLElement): boolean {
  return element.textContent?.trim() === "" && !element.querySelector("img, hr, table, cite, .fact, .missing-picture")
}

// What the schema reads. Ids are not among them: what is pasted is new.
const kept: Record<string, string[]> = {
  A: ["href"],
  ASIDE: ["data-notice"],
  CITE: ["data-source", "data-title", "data-locator", "data-quote"],
  DIV: ["data-fact", "class"],
  DL: ["class"],
  IMG: ["src", "alt", "width", "height"],
  OL: ["start"],
  P: ["class"],
  SPAN: ["lang"],
}

function dropAttributes(element: Element) {
  const keep = kept[element.tagName] ?? []
  for (const name of element.getAttributeNames()) if (!keep.includes(name)) element.removeAttribute(name)
}
