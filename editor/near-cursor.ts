import { Plugin } from "prosemirror-state"
import { Decoration, DecorationSet } from "prosemirror-view"

/** Blocks from which on a page is long. */
const LONG = 150
/** Blocks on each side of the cursor that are always drawn. */
const AROUND = 3

/**
 * Lets the style sheet leave out of drawing what is out of sight on a long page: marks the text `long`, and the blocks about the cursor
 * `near`. Those are always drawn: a browser loses letters typed into a block that is new and not drawn yet.
 */
export function nearCursor(): Plugin {
  return new Plugin({
    props: {
      attributes: ({ doc }): Record<string, string> => (doc.childCount < LONG ? {} : { class: "long" }),
      decorations: ({ doc, selection: { $from, $to } }) => {
        if (doc.childCount < LONG) return null
        const [first, last] = [$from.index(0) - AROUND, $to.index(0) + AROUND]
        const near: Decoration[] = []
        doc.forEach((block, pos, index) => {
          if (index >= first && index <= last) near.push(Decoration.node(pos, pos + block.nodeSize, { class: "near" }))
        })
        return DecorationSet.create(doc, near)
      },
    },
  })
}
