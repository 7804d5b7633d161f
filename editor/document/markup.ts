/**
 * An element to be written: its name, its attributes if it has any, its children. It is what a schema's `toDOM` returns
 * (zero is the place of the content), and may also hold functions that write HTML themselves.
 */
export type Tree = readonly [string, ...unknown[]]

export interface WriteOptions {
  /** Writes what stands at the zero. */
  content?: () => string
  /** `false` leaves `id` attributes out. */
  ids?: boolean
}

const empty = new Set(["br", "hr", "img"])

/** Where an `href` or `src` may lead, whatever a document holds: the last door after `parse`. */
const safeTarget = /^(?:https?:\/\/|mailto:|tel:|#|\/(?![/\\]))/

/** Writes an element. Texts and attributes are escaped; attributes without a value and unsafe links are left out. */
export function writeTree(tree: Tree, options: WriteOptions = {}): string {
  const [tag, first, ...rest] = tree
  const hasAttrs = typeof first === "object" && first !== null && !Array.isArray(first)
  const children = hasAttrs ? rest : tree.slice(1)
  const open = `<${tag}${hasAttrs ? writeAttrs(first as Record<string, unknown>, options) : ""}>`
  if (empty.has(tag)) return open
  let html = open
  for (const child of children) html += writeChild(child, options)
  return `${html}</${tag}>`
}

/** One attribute of an element that is no address. */
export function writeAttr(name: string, value: string): string {
  return `${name}=${quoted(value)}`
}

export function escapeText(text: string): string {
  // Searching for one sign at a time is many times as fast as for a class of them, and most texts have none.
  if (!text.includes("&") && !text.includes("<") && !text.includes(">")) return text
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
}

// JSON in an attribute is half as long between single quotes.
function quoted(text: string): string {
  const escaped = escapeText(text)
  if (!escaped.includes('"')) return `"${escaped}"`
  return escaped.includes("'") ? `"${escaped.replaceAll('"', "&quot;")}"` : `'${escaped}'`
}

function writeChild(child: unknown, options: WriteOptions): string {
  if (typeof child === "string") return escapeText(child)
  if (child === 0) return options.content?.() ?? ""
  return typeof child === "function" ? child() : writeTree(child as Tree, options)
}

function writeAttrs(attrs: Record<string, unknown>, { ids = true }: WriteOptions): string {
  let html = ""
  for (const name in attrs) {
    const value = attrs[name]
    if (value === null || value === undefined || (name === "id" && !ids)) continue
    if ((name === "href" || name === "src") && !safeTarget.test(String(value))) continue
    html += ` ${name}=${quoted(String(value))}`
  }
  return html
}
