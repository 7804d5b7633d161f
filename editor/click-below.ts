import { Plugin, TextSelection } from "prosemirror-state"
import { pageSchema } from "./document/schema.ts"

/** A click in the empty space under a page that ends with a table or a fact sheet begins a paragraph there. */
export function clickBelow(): Plugin {
  return new Plugin({
    props: {
      handleClick: (view, _pos, event) => {
        const last = view.state.doc.lastChild!
        const bottom = view.dom.lastElementChild?.getBoundingClientRect().bottom ?? 0
        if (event.target !== view.dom || event.clientY <= bottom || !(last.isLeaf || last.type.spec.isolating))
          return false
        const at = view.state.doc.content.size
        const tr = view.state.tr.insert(at, pageSchema.nodes.paragraph.create())
        view.dispatch(tr.setSelection(TextSelection.create(tr.doc, at + 1)))
        return true
      },
    },
  })
}
