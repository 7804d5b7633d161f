import { type DefaultTreeAdapterTypes, type DefaultTreeAdapterMap, Parser, type Token } from "parse5"

export type HtmlNode = DefaultTreeAdapterTypes.ChildNode
export type HtmlElement = DefaultTreeAdapterTypes.Element
type Tree = DefaultTreeAdapterTypes.ParentNode

// No page that people read comes near these. Without them a hundred kilobytes of tags could take gigabytes: every
// paragraph repeats all the unclosed <font> tags before it, and every tag looks through all those that are open.
const MAX_DEPTH = 200
const MAX_FORMATTING = 12

/** Any text as the tree that a browser would make of it, except that tags nested too deeply are passed over. */
export function parseHtml(html: string): Tree {
  return ShallowParser.parse<DefaultTreeAdapterMap>(html, { sourceCodeLocationInfo: true, scriptingEnabled: false })
}

export function isElement(node: HtmlNode): node is HtmlElement {
  return "tagName" in node
}

export function attribute(element: HtmlElement, name: string): string | null {
  return element.attrs.find((attr) => attr.name === name)?.value ?? null
}

/** The line on which an element begins, from 1; 0 for one that is in the tree but not in the text. */
export function lineOf(element: HtmlElement): number {
  return element.sourceCodeLocation?.startLine ?? 0
}

/** The text of an element, without its markup. */
export function textOf(node: HtmlNode): string {
  if (node.nodeName === "#text") return (node as DefaultTreeAdapterTypes.TextNode).value
  return "childNodes" in node ? node.childNodes.map(textOf).join("") : ""
}

/** The elements inside an element, in order, that are `wanted`; not looked for inside one another. */
export function within(element: HtmlElement, wanted: (element: HtmlElement) => boolean): HtmlElement[] {
  return [...walk(element, wanted)]
}

/** The first of the elements `within`. */
export function firstWithin(element: HtmlElement, wanted: (element: HtmlElement) => boolean): HtmlElement | undefined {
  return walk(element, wanted).next().value ?? undefined
}

/** What the readers of the schema's attributes need of the DOM. */
export function domOf(element: HtmlElement) {
  return {
    getAttribute: (name: string) => attribute(element, name),
    querySelector(selector: string) {
      const wanted = selector.startsWith(".")
        ? (inner: HtmlElement) => hasClass(inner, selector.slice(1))
        : (inner: HtmlElement) => inner.tagName === selector
      const found = firstWithin(element, wanted)
      return found ? domOf(found) : null
    },
  }
}

export function hasClass(element: HtmlElement, name: string): boolean {
  return (attribute(element, "class") ?? "").split(/\s+/).includes(name)
}

function* walk(element: HtmlElement, wanted: (element: HtmlElement) => boolean): Generator<HtmlElement, void> {
  for (const child of element.childNodes) {
    if (!isElement(child)) continue
    if (wanted(child)) yield child
    else yield* walk(child, wanted)
  }
}

/** What a reader of this page has no use for or may not be given, in words; null for other elements. */
export function foreignName(tagName: string): string | null {
  return foreign.get(tagName) ?? null
}

/** Whether an element begins a line of its own. */
export function startsLine(tagName: string): boolean {
  return containers.has(tagName)
}

const foreign = new Map([
  ["script", "A script"], ["style", "A style sheet"], ["template", "A template"], ["iframe", "An embedded page"],
  ["frame", "An embedded page"], ["object", "An embedded object"], ["embed", "An embedded object"],
  ["applet", "An embedded object"], ["svg", "A drawing"], ["canvas", "A drawing"], ["math", "A formula"],
  ["audio", "A sound"], ["video", "A film"], ["input", "A form field"], ["select", "A form field"],
  ["textarea", "A form field"], ["button", "A button"],
]) // prettier-ignore

const containers = new Set([
  "html", "head", "body", "div", "section", "article", "main", "header", "footer", "nav", "form", "fieldset", "legend",
  "details", "summary", "dialog", "hgroup", "center", "figcaption", "dd", "noscript", "frameset", "noframes", "search",
]) // prettier-ignore

const formatting = new Set([
  "a",
  "b",
  "big",
  "code",
  "em",
  "font",
  "i",
  "nobr",
  "s",
  "small",
  "strike",
  "strong",
  "tt",
  "u",
])
// These either hold no elements, or change how the text behind them is read.
const neverDeep = new Set([
  "br",
  "hr",
  "iframe",
  "img",
  "input",
  "noframes",
  "script",
  "style",
  "textarea",
  "title",
  "xmp",
])

class ShallowParser extends Parser<DefaultTreeAdapterMap> {
  override onStartTag(token: Token.TagToken): void {
    const tooDeep = this.openElements.stackTop >= MAX_DEPTH && !neverDeep.has(token.tagName)
    if (!tooDeep && !(formatting.has(token.tagName) && this.#formattingOpen() > MAX_FORMATTING)) super.onStartTag(token)
  }

  #formattingOpen(): number {
    let count = 0
    for (let entry = this.activeFormattingElements.newest; entry && count <= MAX_FORMATTING; entry = entry.older)
      count++
    return count
  }
}
