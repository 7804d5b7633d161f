import { randomBytes } from "node:crypto"
import type { Viewer } from "./viewer.ts"

/**
 * The only parts of a page that differ between readers. Views leave a slot where each goes, so that everything rendered
 * is the same for all and can be kept as bytes (DESIGN.md §2.7).
 */
export const slotNames = ["account", "invitation", "csrf", "commenter", "own", "waiting", "watch", "notices"] as const
export type SlotName = (typeof slotNames)[number]

// Unguessable, so that no text of an author can be taken for a slot.
const secret = randomBytes(12).toString("hex")

/** The text a view writes where the slot goes; it passes through HTML escaping unchanged. */
export function slot(name: SlotName): string {
  return `@@${secret}-${name}@@`
}

const pattern = new RegExp(`@@${secret}-(${slotNames.join("|")})@@`)

/** A rendered page cut at its slots: HTML at even places, slot names at odd ones. */
export type Segments = string[]

export function cut(html: string): Segments {
  return html.split(pattern)
}

/** The page for one reader; `fill` gives the HTML of each slot, of those left out nothing. */
export function fillSlots(segments: Segments, fill: Partial<Record<SlotName, string>>): string {
  let html = ""
  for (const [index, segment] of segments.entries()) html += index % 2 === 0 ? segment : (fill[segment as SlotName] ?? "")
  return html
}

/** A slot's HTML as `render` makes it, made once for each person: who is logged in reads many pages. */
export function oncePerViewer(render: (viewer: Viewer) => string): (viewer: Viewer) => Segments {
  const made = new WeakMap<Viewer, Segments>()
  return (viewer) => {
    let segments = made.get(viewer)
    if (!segments) made.set(viewer, (segments = cut(render(viewer))))
    return segments
  }
}
