import { type DefaultTreeAdapterTypes, parseFragment, serialize } from "parse5"
import { changeListHtml, type Diff, diffHtml } from "../../editor/document/index.ts"

type Node = DefaultTreeAdapterTypes.ChildNode
type Element = DefaultTreeAdapterTypes.Element

/**
 * A diff as one of many on a page: the list of changes and their drawing, stretches without a change left out, and every
 * anchor named after `item`, so that no two diffs have the same.
 */
export function briefDiff(diff: Diff, item: string): string {
  const fragment = parseFragment(changeListHtml(diff) + diffHtml(diff, "inline"))
  const open: Node[] = [...fragment.childNodes]
  for (let node = open.pop(); node; node = open.pop()) {
    if (!("attrs" in node)) continue
    rename(node, item)
    if (node.tagName === "details" && isUnchanged(node)) node.childNodes = wordsOf(node)
    open.push(...node.childNodes)
  }
  return serialize(fragment)
}

function rename(element: Element, item: string): void {
  for (const attr of element.attrs) {
    if (attr.name === "id") attr.value = `${item}-${attr.value}`
    else if (attr.name === "href" && attr.value.startsWith("#change-")) attr.value = `#${item}-${attr.value.slice(1)}`
  }
}

function isUnchanged(element: Element): boolean {
  return element.attrs.some(({ name, value }) => name === "class" && value === "unchanged")
}

/** Of a folded stretch, how much it is: "12 unchanged blocks". */
function wordsOf(details: Element): Node[] {
  const summary = details.childNodes.filter((node) => node.nodeName === "summary")
  details.tagName = details.nodeName = "p"
  return summary.flatMap((node) => ("childNodes" in node ? node.childNodes : []))
}
