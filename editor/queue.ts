// The script of the moderators' queue: keys that press the buttons of the page, which work without it.

/** How far a reader had come, for the page that follows a decision. */
const PLACE = "queue-place"

const items = [...document.querySelectorAll<HTMLElement>("[data-queue] [data-item]")]
const isMany = items.length > 1

function current(): number {
  return items.findIndex((item) => item.contains(document.activeElement))
}

/** Moves to an item, opens nothing, and takes it in hand, so that no other moderator does the same meanwhile. */
function go(at: number): void {
  const item = items[Math.min(Math.max(at, 0), items.length - 1)]
  if (!item) return
  item.focus({ preventScroll: true })
  item.scrollIntoView({ block: "start" })
  void claim(item)
}

async function claim(item: HTMLElement): Promise<void> {
  const token = item.querySelector<HTMLInputElement>('input[name="_csrf"]')?.value
  if (token === undefined || item.dataset.claimed !== undefined) return
  for (const other of items) delete other.dataset.claimed
  item.dataset.claimed = ""
  const answer = await fetch(`/moderation/items/${item.id}/claim`, {
    method: "POST",
    headers: { accept: "application/json", "x-csrf-token": token },
  }).catch(() => null)
  if (answer?.status !== 409) return
  const { detail } = (await answer.json()) as { detail?: string }
  tell(item, detail ?? "Somebody else has this in hand.")
}

function tell(item: HTMLElement, message: string): void {
  const note = document.createElement("p")
  note.className = "notice info claimed"
  note.setAttribute("role", "status")
  note.textContent = message
  item.querySelector(".decisions")?.remove()
  // At the top: what is waiting may be longer than the screen.
  item.querySelector("h2")?.after(note)
}

function press(item: Element | undefined | null, key: string): void {
  const button = item?.querySelector<HTMLButtonElement>(`button[data-key="${key}"]`)
  if (!button) return
  remember()
  button.form?.requestSubmit(button)
}

/** Refusing asks for a reason first; Enter in it refuses. */
function refuse(item: HTMLElement | undefined): void {
  const reason = item?.querySelector<HTMLSelectElement>("[data-reason]")
  if (reason && item?.querySelector('button[data-key="r"]')) reason.focus()
}

function remember(): void {
  sessionStorage.setItem(PLACE, String(Math.max(current(), 0)))
}

const acts: Record<string, (item: HTMLElement | undefined) => void> = {
  j: () => go(current() + 1),
  k: () => go(current() < 0 ? 0 : current() - 1),
  a: (item) => press(item, "a"),
  r: refuse,
  s: (item) => press(item, "s"),
  e: (item) => item?.dataset.edit && location.assign(item.dataset.edit),
  u: () => press(document.querySelector("form.undo"), "u"),
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input:not([type=checkbox], [type=radio]), textarea, select")
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const item = items[current()] ?? (isMany ? undefined : items[0])
  if (isTyping(event.target)) {
    // Other forms of the moderators' pages are sent by Enter as everywhere.
    const isReason = (event.target as HTMLElement).closest("[data-item] .decisions")
    if (event.key === "Escape") item?.focus()
    if (event.key === "Enter" && isReason) {
      event.preventDefault()
      press(item, "r")
    }
    return
  }
  const act = acts[event.key]
  if (!act) return
  event.preventDefault()
  act(item)
})

// After a decision the next item has the place of the one that is gone.
const place = sessionStorage.getItem(PLACE)
sessionStorage.removeItem(PLACE)
if (location.hash) go(items.findIndex(({ id }) => `#${id}` === location.hash))
else if (place !== null) go(Number(place))
else if (items[0] && document.activeElement === document.body) items[0].focus({ preventScroll: true })
