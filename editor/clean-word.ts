import { all, rename, STYLE } from "./pasted-dom.ts"

/** Whether this is the HTML that Word and Outlook put on the clipboard. */
export function isWord(html: string): boolean {
  return /urn:schemas-microsoft-com:office|class="?Mso|mso-/i.test(html)
}

interface WordItem {
  element: HTMLElement
  level: number
  /** The number the item carries, or null for a bullet. */
  number: number | null
}

/**
 * Word writes a list as paragraphs that carry their bullet or number as text and their level in their style. Runs of
 * them become lists, nested by level; the text of the marker goes.
 */
export function listsFromWord(body: HTMLElement) {
  let run: WordItem[] = []
  for (const element of all(body, "p, h1, h2, h3, h4, h5, h6")) {
    if (element.classList.contains("MsoTitle")) rename(element, "h2")
    const item = readItem(element)
    const follows = item && run.length > 0 && run.at(-1)!.element.nextElementSibling === element
    if (run.length > 0 && !follows) {
      buildList(run)
      run = []
    }
    if (item) run.push(item)
  }
  if (run.length > 0) buildList(run)
}

function readItem(element: HTMLElement): WordItem | null {
  const level = /mso-list:\s*l\d+\s+level(\d)/i.exec(element.getAttribute(STYLE) ?? "")?.[1]
  if (level === undefined || /^H/.test(element.tagName)) return null
  const markers = all(element, `[${STYLE}]`).filter((span) => /mso-list:\s*Ignore/i.test(span.getAttribute(STYLE)!))
  const marker = markers
    .map((span) => span.textContent)
    .join("")
    .trim()
  for (const span of markers) span.remove()
  return { element, level: Number(level), number: readNumber(marker) }
}

// "1.", "(2)", "iv." or "b)"; the bullets are "·", "o", "§" and the like.
function readNumber(marker: string): number | null {
  const inside = /^\(?(\d{1,4}|[a-z]{1,5})[.)]/i.exec(marker)?.[1]
  return inside === undefined ? null : Number(inside) || 1
}

function buildList(run: WordItem[]) {
  const anchor = document.createComment("")
  run[0]!.element.before(anchor)
  const open: { list: HTMLElement; level: number }[] = []
  for (const { element, level, number } of run) {
    while (open.length > 1 && open.at(-1)!.level > level) open.pop()
    const top = open.at(-1)
    const tag = number === null ? "ul" : "ol"
    if (!top || level > top.level) {
      const list = newList(tag, number)
      if (top) (top.list.lastElementChild ?? top.list).append(list)
      else anchor.before(list)
      open.push({ list, level })
    } else if (open.length === 1 && top.list.tagName.toLowerCase() !== tag) {
      // Another sort of list at the outermost level begins a list of its own.
      const list = newList(tag, number)
      anchor.before(list)
      open.splice(0, 1, { list, level })
    }
    const item = document.createElement("li")
    open.at(-1)!.list.append(item)
    item.append(element)
  }
  anchor.remove()
}

function newList(tag: "ul" | "ol", number: number | null): HTMLElement {
  const list = document.createElement(tag)
  if (number !== null && number !== 1) list.setAttribute("start", String(number))
  return list
}
