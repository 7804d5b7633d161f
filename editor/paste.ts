import { Fragment, type Mark, type Node, type ResolvedPos, Slice } from "prosemirror-model"
import { Plugin } from "prosemirror-state"
import type { EditorView } from "prosemirror-view"
import type { Announce } from "./announce.ts"
import { cleanHtml } from "./clean-html.ts"
import { cleanSlice } from "./clean-slice.ts"
import { linkKind, readHref } from "./document/links.ts"
import { pageSchema } from "./document/schema.ts"

const { nodes, marks } = pageSchema

/** Cleans whatever is pasted or dropped to what a page can hold, and says what was left out. */
export function cleanPaste(announce: Announce): Plugin {
  return new Plugin({
    props: {
      transformPastedHTML: (html) => {
        const { html: clean, dropped } = cleanHtml(html)
        if (dropped.length > 0) announce(`Pasted without ${dropped.join(" and ")}: only words can be pasted.`)
        return clean
      },
      clipboardTextParser: (text, $context) => plainText(text, $context),
      // What is dragged within the page moves, and keeps its ids; everything else is new.
      transformPasted: (slice, view) => cleanSlice(slice, view.dragging !== null),
      handleDOMEvents: { paste: pasteOwn },
      handlePaste: (view, event, slice) => pasteAddress(view, event) || pasteIntoLines(view, slice),
    },
  })
}

/** What an editor copied says of itself where it was cut. When that is not so, it is pasted as if it came from anywhere. */
function pasteOwn(view: EditorView, event: ClipboardEvent): boolean {
  const html = event.clipboardData?.getData("text/html") ?? ""
  if (!html.includes("data-pm-slice")) return false
  try {
    view.pasteHTML(html, event)
  } catch {
    view.pasteHTML(html.replaceAll("data-pm-slice", "data-from"), event)
  }
  event.preventDefault()
  return true
}

/** Blank lines part paragraphs, other line ends are kept as they are: the lines of an address stay lines. */
function plainText(text: string, $context: ResolvedPos): Slice {
  const paragraphs = text.replace(/\r\n?/g, "\n").split(/\n[^\S\n]*\n\s*/)
  const blocks = paragraphs.map((lines) => nodes.paragraph.create(null, linesToInline(lines, $context.marks())))
  return Slice.maxOpen(Fragment.from(blocks))
}

function linesToInline(lines: string, marks: readonly Mark[]): Node[] {
  const texts = lines.split("\n").map((line) => line.replace(/[\s\u00a0]+/g, " ").trimEnd())
  return texts.flatMap((line, index) => [
    ...(index > 0 ? [nodes.hard_break.create()] : []),
    ...(line === "" ? [] : [pageSchema.text(line, marks)]),
  ])
}

/** A web address pasted over words links them; pasted alone it becomes a link to itself. */
function pasteAddress(view: EditorView, event: ClipboardEvent): boolean {
  const text = event.clipboardData?.getData("text/plain").trim() ?? ""
  if (!/^(https?:\/\/|mailto:|tel:)\S+$/.test(text) || event.clipboardData?.types.includes("text/html")) return false
  const href = readHref(text)
  const { selection, tr } = view.state
  if (href === null || !selection.$from.parent.inlineContent || !selection.$from.sameParent(selection.$to)) return false
  const link = marks.link.create({ href })
  if (selection.empty) {
    const shown = linkKind(href) === "web" ? text : text.replace(/^[a-z]+:/, "")
    tr.replaceSelectionWith(pageSchema.text(shown, link.addToSet(selection.$from.marks())), false)
  } else tr.removeMark(selection.from, selection.to, marks.link).addMark(selection.from, selection.to, link)
  view.dispatch(tr.removeStoredMark(marks.link).scrollIntoView())
  return true
}

/** Cells, captions, notes and addresses hold one text: blocks pasted into them become its lines. */
function pasteIntoLines(view: EditorView, slice: Slice): boolean {
  const { $from, $to } = view.state.selection
  const { type } = $from.parent
  if (!type.spec.isolating && type !== nodes.address) return false
  if (!$from.sameParent($to) || (type.spec.tableRole && isTable(slice))) return false
  const lines = inlineOf(slice.content)
  view.dispatch(view.state.tr.replaceSelection(new Slice(Fragment.from(lines), 0, 0)).scrollIntoView())
  return true
}

const isTable = (slice: Slice) => slice.content.content.every((node) => node.type.spec.tableRole !== undefined)

function inlineOf(content: Fragment): Node[] {
  const found: Node[] = []
  content.descendants((node) => {
    if (node.isInline) found.push(node)
    else if (node.isTextblock && found.length > 0) found.push(nodes.hard_break.create())
    return !node.isInline
  })
  return found
}
