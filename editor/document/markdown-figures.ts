import { unescapeAll } from "markdown-it/lib/common/utils.mjs"
import type { Node } from "prosemirror-model"
import { altText } from "./characters.ts"
import { type MarkdownReader, readInline } from "./markdown-read-inline.ts"
import { pageSchema } from "./schema.ts"
import { isMediaPath } from "./text-rules.ts"
import { quoted } from "./warnings.ts"

/** Reads what stands between "::: figure" and ":::": the picture on its first line, the caption below. */
export function readFigure(text: string, line: number, reader: MarkdownReader): Node {
  const lines = text.split("\n")
  const first = Math.max(
    lines.findIndex((typed) => typed.trim() !== ""),
    0,
  )
  const [, picture = "", width, height] = /^(.*?)(?:\{width=(\d{1,5}) height=(\d{1,5})\})?$/.exec(lines[first]!.trim())!
  const attrs = imageAttrs(picture, line + first, reader)
  if (!attrs) reader.warnings.add(line + first, "A figure begins with its picture: ![what it shows](/media/gate.jpg).")
  const start = attrs ? first + 1 : first
  const caption = lines
    .slice(start)
    .map((typed) => typed.trim())
    .filter((typed) => typed !== "")
  const size = width && height && attrs?.src ? { width: Number(width), height: Number(height) } : {}
  return pageSchema.node("figure", { ...attrs, ...size }, readInline(caption.join("\n"), line + start, reader))
}

/** A picture on a line of its own, as a figure without a caption; null when the text is anything else. */
export function readLoneImage(text: string, line: number, reader: MarkdownReader): Node | null {
  const attrs = text.startsWith("![") && !text.includes("\n") ? imageAttrs(text, line, reader) : null
  return attrs && pageSchema.node("figure", attrs)
}

function imageAttrs(text: string, line: number, reader: MarkdownReader): { src: string | null; alt: string } | null {
  const [image, ...more] = reader.machine.inline(text)
  if (image?.type !== "image" || more.length > 0) return null
  const address = String(image.attrGet("src") ?? "")
  const title = image.attrGet("title")
  if (title) reader.warnings.add(line, `Pictures have no titles here: ${quoted(title)} was left out.`)
  const alt = altText(unescapeAll(image.content), line, reader.warnings)
  if (address !== "" && !isMediaPath(address)) {
    reader.warnings.add(line, `The picture ${quoted(address)} is marked as missing. Pictures are uploaded here first.`)
  }
  return { src: isMediaPath(address) ? address : null, alt }
}
