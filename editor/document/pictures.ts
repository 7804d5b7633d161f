import type { Node } from "prosemirror-model"
import { links } from "./links.ts"

/** The widths, in pixels, in which every wider picture is kept as well: a phone loads the one that fits. */
export const PICTURE_WIDTHS = [480, 960, 1600] as const

const PICTURE = /^\/media\/([0-9a-f]{40})\.(?:jpg|png|webp|gif)$/
const UPLOAD = /^\/media\/([0-9a-f]{40})(?:-\d+)?\.(?:jpg|png|webp|gif|pdf)(?:[?#]|$)/
// As wide as the column of text is in site.css.
const SIZES = "(min-width: 44rem) 42rem, 100vw"

/** The hash in the address of an uploaded file, or null for any other address. */
export function uploadHash(address: string): string | null {
  return UPLOAD.exec(address)?.[1] ?? null
}

/** The hashes of the uploaded files that a page shows or links to, each once. */
export function uploadHashes(doc: Node): string[] {
  const hashes = new Set<string>()
  const add = (address: string | null) => {
    const hash = address === null ? null : uploadHash(address)
    if (hash) hashes.add(hash)
  }
  doc.descendants((node) => void (node.type.name === "figure" && add(node.attrs.src)))
  for (const { href } of links(doc)) add(href)
  return [...hashes]
}

/** Where else a picture is to be had, by its address and width alone; nothing for one that was not uploaded here. */
export function pictureSizes(src: string, width: number | null): { srcset?: string; sizes?: string } {
  const hash = PICTURE.exec(src)?.[1]
  const narrower = PICTURE_WIDTHS.filter((size) => width !== null && size < width)
  if (!hash || narrower.length === 0) return {}
  return { srcset: [...narrower.map((size) => `/media/${hash}-${size}.webp ${size}w`), `${src} ${width}w`].join(", "), sizes: SIZES }
}
