import { button, h } from "./dom.ts"
import type { DeviceDraft, DeviceDrafts } from "./drafts-device.ts"
import { type Outcome, sendDraft } from "./drafts-server.ts"

interface Options {
  form: HTMLFormElement
  device: DeviceDrafts
  tab: string
  /** Whether something was written since the form came. */
  touched(): boolean
  takeUp(draft: DeviceDraft): void
}

/**
 * Looks for texts that closed tabs have left in this browser, unsent, of whatever page: brings them to the server, where the
 * forms then offer them with their changes. What the server does not take of this page is offered here.
 */
export async function bringLeftBehind({ form, device, tab, touched, takeUp }: Options): Promise<void> {
  const own = form.dataset.draft!
  const isOfThisForm = (url: string) => url === own || (own.startsWith("/new/") && url.startsWith("/new/"))
  let brought = false
  for (const draft of await device.leftBehind(form.dataset.writer ?? "")) {
    const outcome = await bring(form, draft, tab)
    if (outcome.is === "kept") {
      await device.remove(draft.tab)
      brought ||= isOfThisForm(draft.url)
    } else if (outcome.is !== "unreachable" && isOfThisForm(draft.url)) offer(form, draft, outcome, device, takeUp)
  }
  // The page that comes back offers it.
  if (brought && !touched()) location.reload()
}

async function bring(form: HTMLFormElement, { url, text, base, version, sent }: DeviceDraft, tab: string): Promise<Outcome> {
  const draft = { ...text, base, version, left: true, suggest: false, section: null, tab }
  const outcome = await sendDraft(form, url, draft)
  if (outcome.is !== "other" || !sent.includes(outcome.draft.hash)) return outcome
  return sendDraft(form, url, { ...draft, version: outcome.draft.version })
}

function offer(
  form: HTMLFormElement,
  draft: DeviceDraft,
  outcome: Outcome,
  device: DeviceDrafts,
  takeUp: (draft: DeviceDraft) => void,
) {
  const why = outcome.is === "refused" ? ` The server does not keep it: ${outcome.reason}` : ""
  const when = new Date(draft.at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" })
  const notice = h(
    "section",
    { class: "notice info draft-offer", role: "status" },
    h("p", {}, `A text of ${when} is kept on this device and was never sent.${why}`),
    button("Take it up", () => close(() => takeUp(draft))),
    " ",
    button("Discard it", () => close(() => {}), { class: "secondary" }),
  )
  form.before(notice)

  function close(act: () => void) {
    notice.remove()
    act()
    void device.remove(draft.tab)
  }
}
