import { freshId, h, setAttribute } from "./dom.ts"

export interface MenuItem {
  label: string
  hint?: string
  /** Given for items that show a state: exactly one of a list is chosen (`radio`), or this one is on (`check`). */
  state?: { kind: "radio" | "check"; on: boolean }
  enabled?: boolean
  run(): void
}

/**
 * A button that opens a list of acts: arrow keys move in it, a letter goes to the next item that begins with it, Escape
 * closes it and returns to the button. `items` is asked each time it opens. `done` gets the focus after an act.
 */
export function menu(face: HTMLButtonElement, items: () => MenuItem[], done: () => void): { popup: HTMLElement } {
  const popup = h("div", {
    role: "menu",
    class: "editor-menu",
    id: freshId(),
    hidden: true,
    "aria-label": nameOf(face),
  })
  setAttribute(face, "aria-haspopup", "menu")
  setAttribute(face, "aria-expanded", "false")
  setAttribute(face, "aria-controls", popup.id)

  const close = () => {
    popup.hidden = true
    setAttribute(face, "aria-expanded", "false")
  }
  const run = (item: MenuItem) => {
    close()
    item.run()
    // An act that opened a window has put the focus there.
    if (!document.querySelector("dialog[open]")) done()
  }
  const open = () => {
    popup.replaceChildren(...items().map((item) => itemButton(item, () => run(item))))
    popup.hidden = false
    setAttribute(face, "aria-expanded", "true")
    place(popup, face)
    const first = popup.querySelector<HTMLElement>('[aria-checked="true"]') ?? enabledItems(popup)[0]
    first?.focus()
  }

  face.addEventListener("click", () => {
    if (face.getAttribute("aria-disabled") === "true") return
    if (popup.hidden) open()
    else close()
  })
  face.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" || face.getAttribute("aria-disabled") === "true") return
    event.preventDefault()
    open()
  })
  // Where a click does not focus a button (Safari), the focus would leave and close the list before the click arrives.
  popup.addEventListener("mousedown", (event) => event.preventDefault())
  popup.addEventListener("keydown", (event) => moveInMenu(event, popup, () => (close(), face.focus())))
  popup.addEventListener("focusout", (event) => {
    const to = event.relatedTarget as Node | null
    if (!popup.contains(to) && !face.contains(to)) close()
  })
  return { popup }
}

function itemButton(item: MenuItem, run: () => void): HTMLElement {
  const { state, enabled = true } = item
  const element = h(
    "button",
    {
      type: "button",
      role: state ? `menuitem${state.kind === "check" ? "checkbox" : "radio"}` : "menuitem",
      "aria-checked": state ? String(state.on) : null,
      "aria-disabled": enabled ? null : "true",
      tabindex: -1,
    },
    h("span", {}, item.label),
    item.hint ? h("kbd", { "aria-hidden": "true" }, item.hint) : null,
  )
  element.addEventListener("click", () => enabled && run())
  return element
}

function moveInMenu(event: KeyboardEvent, popup: HTMLElement, leave: () => void) {
  const items = enabledItems(popup)
  const at = items.indexOf(document.activeElement as HTMLElement)
  const next = nextItem(event, items, at)
  if (next) next.focus()
  else if (event.key === "Escape") leave()
  else if (event.key === "Tab") return leave()
  else return
  event.preventDefault()
  event.stopPropagation()
}

function nextItem(event: KeyboardEvent, items: HTMLElement[], at: number): HTMLElement | undefined {
  const count = items.length
  if (event.key === "ArrowDown") return items[(at + 1) % count]
  if (event.key === "ArrowUp") return items[(at - 1 + count) % count]
  if (event.key === "Home") return items[0]
  if (event.key === "End") return items[count - 1]
  if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey || event.key === " ") return undefined
  const after = [...items.slice(at + 1), ...items.slice(0, at + 1)]
  return after.find((item) => item.textContent?.toLowerCase().startsWith(event.key.toLowerCase()))
}

const enabledItems = (popup: HTMLElement) =>
  [...popup.querySelectorAll<HTMLElement>("button")].filter((item) => item.getAttribute("aria-disabled") !== "true")

const nameOf = (face: HTMLElement) => face.getAttribute("aria-label") ?? face.textContent

/** Under the button, and always whole on the screen. The bar scrolls sideways on phones and would cut it off. */
function place(popup: HTMLElement, face: HTMLElement) {
  const { left, bottom, top } = face.getBoundingClientRect()
  const { width, height } = popup.getBoundingClientRect()
  const margin = 8
  const below = bottom + height + margin <= window.innerHeight || top < height + margin
  popup.style.left = `${Math.max(margin, Math.min(left, window.innerWidth - width - margin))}px`
  popup.style.top = `${below ? bottom + 4 : top - height - 4}px`
}
