import { isMediaPath } from "./document/text-rules.ts"
import { all, rename, resolve, STYLE, unwrap } from "./pasted-dom.ts"

/** What was left out that a person would miss, in words: "2 pictures". */
export type Dropped = string[]

// "pasted-style" is what a style sheet became; del is text that its own author took away; the classes are the marks that
// this wiki and others put beside headings, and a line break that Safari adds.
const NEVER =
  "script, pasted-style, meta, link, title, base, template, noscript, iframe, frame, object, embed, svg, math, canvas, " +
  "audio, video, map, button, input, select, textarea, datalist, dialog, del, picture > source, a.permalink, a.edit-link, .mw-editsection, " +
  ".Apple-interchange-newline"

/** Removes what can never be part of a page. */
export function dropForeign(body: HTMLElement): Dropped {
  const pictures = all(body, "img, svg, canvas").filter((picture) => !keepOwnPicture(picture))
  const media = all(body, "audio, video, iframe, object, embed").length
  // A picture of one pixel only counts readers.
  const missed = pictures.filter((picture) => picture.getAttribute("width") !== "1").length
  for (const picture of pictures) picture.remove()
  for (const element of all(body, NEVER)) element.remove()
  for (const element of all(body, `[${STYLE}]`)) if (isHidden(element)) element.remove()
  dropComments(body)
  for (const figure of all(body, "figure")) if (!figure.querySelector("img, .missing-picture")) dropFigure(figure)
  return [...counted(missed, "picture", "pictures"), ...counted(media, "recording", "recordings")]
}

function counted(count: number, one: string, many: string): string[] {
  return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`]
}

function isHidden(element: HTMLElement): boolean {
  return /display\s*:\s*none|mso-hide\s*:\s*all/i.test(element.getAttribute(STYLE) ?? "")
}

/** A picture that this site serves, copied from one of its pages, stays. */
function keepOwnPicture(picture: HTMLElement): boolean {
  const path = picture.closest("figure") && resolve(picture.getAttribute("src") ?? "")
  if (!path || !isMediaPath(path)) return false
  picture.setAttribute("src", path)
  return true
}

function dropFigure(figure: HTMLElement) {
  for (const caption of all(figure, "figcaption")) rename(caption, "p")
  unwrap(figure)
}

function dropComments(body: HTMLElement) {
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_COMMENT)
  const comments: ChildNode[] = []
  while (walker.nextNode()) comments.push(walker.currentNode as Comment)
  for (const comment of comments) comment.remove()
}
