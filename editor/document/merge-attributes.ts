import type { Attrs } from "prosemirror-model"
import { isSameValue } from "./align-pieces.ts"
import type { Citation } from "./attributes.ts"
import type { Shell } from "./diff-edits.ts"
import { type Merging, mergeValue } from "./merge-context.ts"

/** The type and attributes of a merged node: each as the side that changed it has it. */
export function mergeShell(base: Shell, mine: Shell, theirs: Shell, merging: Merging): Shell {
  const id = mergeId(base.attrs.id, mine.attrs.id, theirs.attrs.id)
  const shell = (type: Shell["type"], attrs: Attrs): Shell => ({
    type,
    attrs: id === undefined ? attrs : { ...attrs, id },
  })
  if (mine.type === base.type && theirs.type === base.type)
    return shell(base.type, mergeAttrs(base, mine, theirs, merging))
  // What one side turned into something else has the attributes of that, of which the other side knows nothing.
  if (mine.type === base.type) return shell(theirs.type, theirs.attrs)
  if (theirs.type === base.type) return shell(mine.type, mine.attrs)
  if (mine.type === theirs.type)
    return shell(mine.type, mergeAttrs({ type: mine.type, attrs: {} }, mine, theirs, merging))
  merging.collided++
  return merging.prefer === "mine" ? shell(mine.type, mine.attrs) : shell(theirs.type, theirs.attrs)
}

// What has no meaning apart: a value and what it is a value of, a picture and its size.
const groups: Record<string, readonly (readonly string[])[]> = {
  fact: [["key", "type", "value", "state"]],
  figure: [["src", "width", "height"]],
}

function mergeAttrs(base: Shell, mine: Shell, theirs: Shell, merging: Merging): Attrs {
  const merged: Record<string, unknown> = {}
  const grouped = groups[base.type.name] ?? []
  for (const names of grouped) {
    const values = (shell: Shell) => names.map((name) => shell.attrs[name] as unknown)
    for (const [at, value] of mergeValue(values(base), values(mine), values(theirs), merging).entries())
      merged[names[at]!] = value
  }
  for (const name in mine.attrs) {
    if (name === "id" || name in merged) continue
    const [old, ours, others] = [base.attrs[name], mine.attrs[name], theirs.attrs[name]] as unknown[]
    if (name === "sources")
      merged[name] = mergeSources((old ?? []) as Citation[], ours as Citation[], others as Citation[])
    else if (name === "checked") merged[name] = mergeChecked(old as string, ours as string, others as string)
    else merged[name] = mergeValue(old, ours, others, merging)
  }
  return merged
}

/** The sources both kept, and those either added. */
function mergeSources(base: Citation[], mine: Citation[], theirs: Citation[]): Citation[] {
  if (isSameValue(base, mine)) return theirs
  if (isSameValue(base, theirs)) return mine
  const has = (list: Citation[], source: Citation) => list.some((other) => isSameValue(other, source))
  const kept = base.filter((source) => has(mine, source) && has(theirs, source))
  const added = [
    ...mine.filter((source) => !has(base, source)),
    ...theirs.filter((source) => !has(base, source) && !has(mine, source)),
  ]
  const text = (source: Citation) => JSON.stringify(source)
  return [...kept, ...added.sort((one, other) => (text(one) < text(other) ? -1 : 1))]
}

/** Of two who checked, the later. */
function mergeChecked(base: string, mine: string, theirs: string): string {
  if (mine === base) return theirs
  if (theirs === base) return mine
  return mine > theirs ? mine : theirs
}

/** An id is kept if either side kept it; ids never collide. */
function mergeId(base: unknown, mine: unknown, theirs: unknown): unknown {
  if (mine === base) return theirs ?? base
  if (theirs === base) return mine ?? base
  return [mine, theirs].filter((id) => id !== null).sort()[0] ?? null
}
