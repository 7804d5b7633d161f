import type { Node } from "prosemirror-model"
import type { NodeView, NodeViewConstructor } from "prosemirror-view"
import type { Announce } from "./announce.ts"
import type { OpenCitation } from "./citation-form.ts"
import type { FactAttrs } from "./document/schema.ts"
import { factKind } from "./document/vocabulary.ts"
import { button, h, setAttribute } from "./dom.ts"
import type { FactProblems } from "./fact-check.ts"
import { factInputs } from "./fact-inputs.ts"
import { addFact, changeFact, moveFact, removeFact, selectFact } from "./fact-rows.ts"
import { factSources } from "./fact-sources.ts"
import { canCheck, loadChecks } from "./checks.ts"

/** Sent to a fact's element to make it show what is wrong with it. */
export const SHOW_PROBLEMS = "fact-problems"

/** A fact sheet: its facts as forms, and a button for one more. */
export const factSheetView: NodeViewConstructor = (_node, view, getPos): NodeView => {
  const contentDOM = h("div", { class: "fact-rows" })
  const add = button("Add a fact", () => addFact(view, getPos()!))
  const foot = h("div", { contenteditable: "false", class: "fact-foot" }, add)
  const dom = h("div", { class: "fact-sheet", role: "group", "aria-label": "Facts" }, contentDOM, foot)
  return {
    dom,
    contentDOM,
    stopEvent: (event) => foot.contains(event.target as globalThis.Node),
    ignoreMutation: (mutation) => mutation.type !== "selection" && !contentDOM.contains(mutation.target),
  }
}

interface FactSurroundings {
  openCitation: OpenCitation
  /** The day a check is dated with, "2026-11-23". */
  today(): string
  announce: Announce
}

/** One fact as a form of real fields; its note is text like any other, with marks, links and citations. */
export function factView({ openCitation, today, announce }: FactSurroundings): NodeViewConstructor {
  return (given, view, getPos): NodeView => {
    let node = given
    const attrs = () => node.attrs as FactAttrs
    const at = (act: (pos: number) => unknown) => () => {
      const pos = getPos()
      if (pos !== undefined) act(pos)
    }
    const change = (changes: Partial<FactAttrs>) => at((pos) => changeFact(view, pos, changes))()
    const inputs = factInputs(attrs, change, today)
    const sources = factSources(openCitation, (sources) => change({ sources }))
    const acts = h(
      "div",
      { class: "fact-acts" },
      button(
        "Move up",
        at((pos) => moveFact(view, pos, -1) && announce("Moved up")),
        { class: "quiet", "data-act": "up" },
      ),
      button(
        "Move down",
        at((pos) => moveFact(view, pos, 1) && announce("Moved down")),
        { class: "quiet", "data-act": "down" },
      ),
      button(
        "Remove",
        at((pos) => (removeFact(view, pos), announce("Fact removed. Undo brings it back."))),
        { class: "quiet danger", "data-act": "remove" },
      ),
    )
    const details = h("details", {}, h("summary", {}, "More about this fact"), h("div", {}, ...inputs.more))
    const form = h("div", { contenteditable: "false", class: "fact-form" }, ...inputs.main)
    const more = h("div", { contenteditable: "false", class: "fact-more" }, sources.dom, acts, details)
    const note = h("div", { class: "fact-note" })
    const label = h("span", { class: "editor-label fact-note-line", contenteditable: "false" }, "Note")
    const dom = h("div", { class: "fact-row", role: "group" }, form, label, note, more)
    const inForm = (target: EventTarget | null) => [form, more].some((part) => part.contains(target as globalThis.Node))
    const show = () => {
      inputs.show(attrs())
      sources.show(attrs().sources)
      setAttribute(dom, "aria-label", nameOf(node))
      if (attrs().qualifier || attrs().asOf || attrs().rank !== "normal") details.open = true
    }
    show()
    if (!canCheck()) void loadChecks().then(show)
    for (const part of [form, more])
      part.addEventListener(
        "focusin",
        at((pos) => selectFact(view, pos, node)),
      )
    dom.addEventListener(SHOW_PROBLEMS, (event) => {
      const { detail } = event as CustomEvent<FactProblems>
      if (detail.asOf) details.open = true
      inputs.reveal(detail)
    })
    return {
      dom,
      contentDOM: note,
      update: (next) => {
        if (next.type !== node.type) return false
        node = next
        show()
        return true
      },
      stopEvent: (event) => inForm(event.target),
      ignoreMutation: (mutation) => mutation.type !== "selection" && !note.contains(mutation.target),
    }
  }
}

const nameOf = ({ attrs }: Node) => factKind(attrs.key)?.labels.en || attrs.label || "New fact"
