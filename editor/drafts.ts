import type { EditorView } from "prosemirror-view"
import type { Announce } from "./announce.ts"
import { documentJson } from "./document-json.ts"
import type { DraftText } from "./document/draft-text.ts"
import { button, h } from "./dom.ts"
import type { DeviceDrafts } from "./drafts-device.ts"
import { hashOfDraft } from "./drafts-hash.ts"
import { clock, draftIndicator, type DraftState } from "./drafts-indicator.ts"
import { askForPassword } from "./drafts-login.ts"
import { type Outcome, type OtherDraft, sendDraft } from "./drafts-server.ts"

/** What a draft is made of, as the form has it. */
export interface Writing {
  form: HTMLFormElement
  view: EditorView
  textarea: HTMLTextAreaElement
  side(): "text" | "markdown"
  announce: Announce
}

export interface Drafts {
  dom: HTMLElement
  /** Something changed. */
  touch(): void
  /** Whether something is on the screen that the server does not have. */
  unsent(): boolean
  /**
   * Whether the form may be sent: what it says is kept and the login holds, or the server has to decide. A promise while that is
   * being found out; it is asked again after that.
   */
  ready(): boolean | Promise<void>
  /** What the text changes, in words, from the server. Empty when it is not known. */
  suggestion(): Promise<string>
  /** Goes on from this version of the draft. */
  follow(version: number): void
}

/** A pause in writing after which the draft is sent, and the longest that it waits for one: it is on the server within three seconds. */
const PAUSE = 1_000
const LONGEST = 2_000
/** The text is kept in the browser this long after a change; or so many times as long as that last took, which on a slow phone leaves time to write. */
const AT_ONCE = 30
const REST = 3
const AGAIN = [2_000, 4_000, 8_000, 15_000]
/** What was just found out of a form holds until it is asked again, which is at once. */
const FRESH = 3_000

/** Keeps what is written: at once in the browser, within three seconds on the server. Says where it is safe, and only that. */
export function keepDrafts({ form, view, textarea, side, announce }: Writing, tab: string, device: DeviceDrafts): Drafts {
  const url = form.dataset.draft!
  const writer = form.dataset.writer ?? ""
  const indicator = draftIndicator(announce)
  const versionField = form.elements.namedItem("draft") as HTMLInputElement
  let version = Number(versionField.value)
  let changes = 0
  let keptChanges = 0
  let triedChanges = 0
  let onDevice = false
  let shown: DraftState = { is: "untouched" }
  let sending: Promise<Outcome> | null = null
  let firstUnsent = 0
  let failures = 0
  let pauseTimer = 0
  let deviceTimer = 0
  let keepingTook = 0
  let checked: { at: number; ready: boolean } | null = null
  // Texts on their way whose answer never came: the server may have taken any of them.
  const unanswered = new Set<string>()

  window.addEventListener("online", () => unsent() && void send())
  window.addEventListener("pagehide", () => unsent() && void keepOnDevice())
  // A phone may never come back to a page that it leaves.
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && unsent() && void send())
  return { dom: indicator.dom, touch, unsent, ready, suggestion, follow }

  function unsent() {
    return changes > keptChanges
  }

  function touch() {
    changes++
    checked = null
    firstUnsent ||= performance.now()
    deviceTimer ||= window.setTimeout(() => void keepOnDevice(), Math.max(AT_ONCE, REST * keepingTook))
    if (!sending && failures === 0) show({ is: "sending" })
    schedule(failures > 0 ? AGAIN[Math.min(failures, AGAIN.length) - 1]! : PAUSE)
  }

  function schedule(pause: number) {
    clearTimeout(pauseTimer)
    const left = failures > 0 ? pause : Math.max(0, firstUnsent + LONGEST - performance.now())
    pauseTimer = window.setTimeout(() => void send(), Math.min(pause, left))
  }

  function text(): DraftText {
    const value = (name: string) => (form.elements.namedItem(name) as HTMLInputElement | RadioNodeList | null)?.value ?? ""
    const format = side() === "text" ? "document" : "markdown"
    const body = format === "document" ? documentJson(view.state.doc) : textarea.value
    return { title: value("title"), kind: value("kind"), summary: value("summary"), format, body }
  }

  async function keepOnDevice() {
    clearTimeout(deviceTimer)
    deviceTimer = 0
    const began = performance.now()
    const own = { tab, writer, url, text: text(), base: base(), version, sent: [...unanswered], at: Date.now() }
    const isKept = await device.put(own)
    keepingTook = performance.now() - began
    if (isKept !== onDevice) {
      onDevice = isKept
      if (shown.is === "unsaved") show({ ...shown, onDevice })
    }
    // Whatever the server has taken meanwhile is safer there.
    if (!unsent()) await device.remove(tab)
  }

  function base(): number {
    return Number((form.elements.namedItem("base") as HTMLInputElement | null)?.value ?? 0)
  }

  /** Sends the text as it is now, after what is being sent. Resolves with how that ended. */
  async function send(suggest = false): Promise<Outcome> {
    while (sending) await sending
    sending = attempt(suggest)
    try {
      return await sending
    } finally {
      sending = null
      if (changes > triedChanges && failures === 0) schedule(PAUSE)
    }
  }

  async function attempt(suggest: boolean): Promise<Outcome> {
    clearTimeout(pauseTimer)
    const at = changes
    triedChanges = at
    firstUnsent = 0
    const written = text()
    const put = () => sendDraft(form, url, { ...written, base: base(), version, suggest, section: section(view), tab })
    // A page that is being left waits for nothing.
    const early = document.visibilityState === "visible" ? null : put()
    const hash = await hashOfDraft(written).catch(() => null)
    if (hash !== null) unanswered.add(hash)
    if (unsent()) void keepOnDevice()
    // Without a hash no answer could be understood; what it takes to make one can be fetched once the network is back.
    let outcome: Outcome = hash === null ? { is: "unreachable" } : await (early ?? put())
    if (outcome.is === "other" && unanswered.has(outcome.draft.hash)) {
      // Its answer was lost: the other tab is this one.
      version = outcome.draft.version
      outcome = await put()
    }
    if (outcome.is === "kept" && outcome.kept.hash !== hash) outcome = { is: "refused", reason: "The server kept another text than this." }
    settle(outcome, at, hash)
    return outcome
  }

  function settle(outcome: Outcome, at: number, hash: string | null) {
    if (outcome.is !== "unreachable" && hash !== null) unanswered.delete(hash)
    if (outcome.is === "kept") {
      failures = 0
      unanswered.clear()
      follow(outcome.kept.version)
      keptChanges = at
      if (unsent()) return show({ is: "sending" })
      show({ is: "saved", at: outcome.kept.savedAt })
      return void device.remove(tab)
    }
    failures = outcome.is === "unreachable" ? failures + 1 : 0
    if (unsent()) show({ is: "unsaved", onDevice, ...reasons(outcome) })
    if (unsent() && failures > 0) schedule(AGAIN[Math.min(failures, AGAIN.length) - 1]!)
  }

  function follow(next: number) {
    version = next
    versionField.value = String(next)
  }

  function reasons(outcome: Exclude<Outcome, { is: "kept" }>): { why: string; acts?: HTMLElement[] } {
    switch (outcome.is) {
      case "unreachable":
        return { why: navigator.onLine ? "The server does not answer; it is tried again." : "You are offline; it is sent when you are back." }
      case "expired":
        return { why: "Your login has expired.", acts: [button("Log in again", () => void logIn())] }
      case "refused":
        return { why: outcome.reason }
      case "other":
        return { why: `Another draft of yours of this page is kept, from ${clock(outcome.draft.savedAt)}.`, acts: choices(outcome.draft) }
    }
  }

  function choices(other: OtherDraft): HTMLElement[] {
    const look = h("a", { href: form.dataset.take, target: "_blank" }, "Open the other draft")
    const replace = button("Put this text in its place", () => {
      follow(other.version)
      void send()
    })
    return form.dataset.presence ? [look, replace] : [replace]
  }

  async function logIn(): Promise<boolean> {
    const loggedIn = await askForPassword(form)
    // What was pressed to come here is gone by now, and writing goes on.
    if (side() === "text") view.focus()
    else textarea.focus()
    if (loggedIn) await send()
    return loggedIn
  }

  function ready(): boolean | Promise<void> {
    const fresh = checked && performance.now() - checked.at < FRESH ? checked : null
    // It answers the one who asked: whoever presses the button again, after a refusal, makes it look again.
    checked = null
    if (fresh) return fresh.ready
    return (async () => {
      let outcome = await send()
      if (outcome.is === "expired" && (await askForPassword(form))) outcome = await send()
      const isReady = outcome.is !== "unreachable" && outcome.is !== "expired"
      if (!isReady) announce("Not sent. The text is still here. Save again when the line below the text says that it is kept.")
      checked = { at: performance.now(), ready: isReady }
    })()
  }

  async function suggestion(): Promise<string> {
    const outcome = await send(true)
    return (outcome.is === "kept" && outcome.kept.suggestion) || ""
  }

  function show(state: DraftState) {
    shown = state
    indicator.show(state)
  }
}

/** The id of the heading that the cursor is under. */
function section(view: EditorView): string | null {
  const { doc, selection } = view.state
  for (let index = selection.$from.index(0); index >= 0; index--) {
    const block = doc.maybeChild(index)
    if (block?.type.name === "heading" && block.attrs.id) return block.attrs.id as string
  }
  return null
}
