import type { Node } from "prosemirror-model"
import { Selection } from "prosemirror-state"
import type { EditorView } from "prosemirror-view"
import type { Announce } from "./announce.ts"
import { canCheck, loadChecks, refusal } from "./checks.ts"
import { firstProblem, readyToSend } from "./fact-check.ts"
import { SHOW_PROBLEMS } from "./fact-form.ts"

export interface BeforeSending {
  /** Whether the checks have to be fetched first. That is tried once; the server checks as well. */
  waits(): boolean
  ready(): Promise<void>
  /** The page as it is sent; null when it cannot be kept as it is. The place is then shown, and why. */
  document(): Node | null
}

/** Holds back a page that the server would refuse. `tell` shows lines beside the text. */
export function beforeSending(view: EditorView, announce: Announce, tell: (lines: string[]) => void): BeforeSending {
  let asked = false
  const document = () => {
    const found = firstProblem(view.state.doc)
    if (found) {
      view.nodeDOM(found.pos)?.dispatchEvent(new CustomEvent(SHOW_PROBLEMS, { detail: found.problems }))
      announce(`Not sent. A fact has to be mended first: ${Object.values(found.problems)[0]}`)
      return null
    }
    const doc = readyToSend(view.state.doc)
    const refused = refusal(doc)
    if (!refused) return doc
    if (refused.block) goTo(view, refused.block)
    tell([`Not sent, because it could not be kept: ${refused.reason}.`])
    return null
  }
  return {
    waits: () => !asked && !canCheck(),
    ready: async () => {
      await loadChecks()
      asked = true
    },
    document,
  }
}

/** Puts the cursor into the block of the text that became this block of the page. */
function goTo(view: EditorView, block: Node) {
  const { doc, tr } = view.state
  doc.forEach((candidate, pos) => {
    if (candidate.attrs.id !== block.attrs.id || candidate.textContent !== block.textContent) return
    tr.setSelection(Selection.near(tr.doc.resolve(pos + 1)))
  })
  view.focus()
  view.dispatch(tr.scrollIntoView())
}
