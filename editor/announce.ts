import { h } from "./dom.ts"

/** Says something to people who use a screen reader, and to nobody else. */
export type Announce = (text: string) => void

/** A polite live region and the function that speaks through it. */
export function liveRegion(): { dom: HTMLElement; announce: Announce } {
  const dom = h("div", { role: "status", class: "editor-hidden" })
  return {
    dom,
    announce: (text) => {
      // The same words twice are only spoken again when the text changes: a trailing space makes it so.
      dom.textContent = dom.textContent === text ? `${text} ` : text
    },
  }
}
