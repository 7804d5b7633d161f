import type { Announce } from "./announce.ts"
import { h, setAttribute } from "./dom.ts"

/** What is true of the text on the screen. */
export type DraftState =
  /** Nothing was written yet. */
  | { is: "untouched" }
  /** Written, and on its way. */
  | { is: "sending" }
  /** The server has exactly this text. */
  | { is: "saved"; at: string }
  /** It has not; why, and whether this browser has. */
  | { is: "unsaved"; why: string; onDevice: boolean; acts?: HTMLElement[] }

/** The line under the text that says where it is safe, and the function that changes it. */
export function draftIndicator(announce: Announce): { dom: HTMLElement; show(state: DraftState): void } {
  const dom = h("p", { class: "editor-draft", "data-state": "untouched" })
  let said = ""
  return {
    dom,
    show: (state) => {
      const text = wordsFor(state)
      const acts = state.is === "unsaved" ? (state.acts ?? []) : []
      if (dom.firstChild?.textContent !== text || dom.children.length !== acts.length) dom.replaceChildren(text, ...acts)
      setAttribute(dom, "data-state", state.is)
      // Each change for better or worse is said aloud once, not every minute that went well.
      const news = state.is === "saved" ? "saved" : state.is === "unsaved" ? state.why : said
      if (news !== said) announce(text)
      said = news
    },
  }
}

function wordsFor(state: DraftState): string {
  switch (state.is) {
    case "untouched":
      return ""
    case "sending":
      return "Saving a draft…"
    case "saved":
      return `Saved as draft ${clock(state.at)}`
    case "unsaved":
      return `Not saved. ${state.why} ${state.onDevice ? "Kept on this device only." : "Kept in this window only: leave it open."}`
  }
}

/** The hour and minute where the person is: "14:03". */
export function clock(iso: string): string {
  const time = new Date(iso)
  return [time.getHours(), time.getMinutes()].map((part) => String(part).padStart(2, "0")).join(":")
}
