import type { Node } from "prosemirror-model"
import { writtenText } from "../../editor/document/index.ts"
import type { Context, Edit } from "../context.ts"
import { newBlocks, publicText } from "../pages/actions.ts"
import { findPersonalData } from "./personal-data.ts"
import { FACTS, isHeldIn } from "./screen.ts"

/** A title, a text and how it was summed up. */
export interface Written {
  title: string
  doc: Node
  summary: string
}

/** What a person wrote into a page, by field, as the personal-data guard reads an edit: only blocks that do not stand in `base`. */
export function writtenFields({ title, doc, summary }: Written, base: Node): Record<string, string> {
  const blocks = newBlocks(doc, base)
  const [sheets, others] = [blocks.children.filter(isSheet), blocks.children.filter((block) => !isSheet(block))]
  return { title, text: textOf(others), [FACTS]: textOf(sheets), summary }
}

/** Why a moderator should look at an edit first: what the page says already may be said again. Throws `invalid` as `screen` does. */
export function doubtsAbout(ctx: Context, written: Written, base: Edit["base"]): string[] {
  const fields = writtenFields(written, base.doc)
  if (ctx.screen({ kind: "edit", fields }).reasons.length === 0) return []
  return ctx.screen({ kind: "edit", fields, published: publicText(base) }).reasons
}

/** The words for which an edit waits, as they are written; none that stand in the `published` text. */
export function heldWords(written: Written, base: Node, published: string): string[] {
  const words = Object.entries(writtenFields(written, base)).flatMap(([field, text]) =>
    findPersonalData(text, published).flatMap((found) => (isHeldIn("edit", field, found) ? [text.slice(found.start, found.end)] : [])),
  )
  // The longer first: what is left of it by a part of it would not be found again.
  return [...new Set(words)].sort((a, b) => b.length - a.length)
}

function isSheet(block: Node): boolean {
  return block.type.name === "fact_sheet"
}

function textOf(blocks: readonly Node[]): string {
  return blocks.map(writtenText).join("\n\n")
}
