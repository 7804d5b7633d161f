import { freshId, h, setAttribute, setText } from "./dom.ts"
import type { FindPages, FoundPage } from "./find-pages.ts"

export interface PagePicker {
  /** The input and the list under it; `input` is the field to label. */
  dom: HTMLElement
  input: HTMLInputElement
  /** The page chosen from the list, until the text is changed again. */
  chosen(): FoundPage | null
}

interface Options {
  value: string
  /** Texts for which no pages are looked up, because they are an address already. */
  isAddress(text: string): boolean
  find: FindPages
  onChange(): void
}

// Long enough not to ask at every letter, short enough to seem at once.
const PAUSE = 180

/** A field that offers pages of the wiki while a person types: arrows choose, Return takes, Escape closes the list. */
export function pagePicker({ value, isAddress, find, onChange }: Options): PagePicker {
  const list = h("ul", { role: "listbox", class: "editor-choices", id: freshId(), hidden: true, "aria-label": "Pages" })
  const status = h("p", { role: "status", class: "editor-hint" })
  const input = h("input", { type: "text", role: "combobox", autocomplete: "off", "aria-autocomplete": "list" })
  input.value = value
  setAttribute(input, "aria-controls", list.id)
  let pages: FoundPage[] = []
  let active = -1
  let taken: FoundPage | null = null
  let asking = new AbortController()

  const draw = () => {
    list.replaceChildren(...pages.map((page, index) => option(page, `${list.id}-${index}`, index === active)))
    list.hidden = pages.length === 0
    setAttribute(input, "aria-expanded", String(!list.hidden))
    setAttribute(input, "aria-activedescendant", active < 0 ? null : `${list.id}-${active}`)
    list.children[active]?.scrollIntoView({ block: "nearest" })
  }
  const offer = (found: FoundPage[], say: string) => {
    pages = found
    active = -1
    setText(status, say)
    draw()
  }
  const take = (page: FoundPage | undefined) => {
    if (!page) return
    taken = page
    input.value = page.title
    offer([], `Page: ${page.title} (/wiki/${page.slug})`)
    onChange()
  }
  const ask = async () => {
    asking.abort()
    asking = new AbortController()
    const { signal } = asking
    const words = input.value.trim()
    if (words === "" || isAddress(words)) return offer([], "")
    if (!(await pause(signal))) return
    try {
      const found = await find(words, signal)
      offer(found, found.length === 0 ? "No page found." : `${found.length} pages found. Arrow keys choose.`)
    } catch {
      if (!signal.aborted) offer([], "Pages cannot be looked up just now. An address can still be written in full.")
    }
  }

  input.addEventListener("input", () => {
    taken = null
    onChange()
    void ask()
  })
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return
    const last = pages.length - 1
    if (event.key === "ArrowDown") active = active === last ? 0 : active + 1
    else if (event.key === "ArrowUp") active = active <= 0 ? last : active - 1
    else if (event.key === "Enter" && active >= 0) take(pages[active])
    else if (event.key === "Escape") offer([], "")
    else return
    event.preventDefault()
    event.stopPropagation()
    draw()
  })
  list.addEventListener("mousedown", (event) => event.preventDefault())
  list.addEventListener("click", (event) => {
    const row = (event.target as Element).closest("li")
    if (row) take(pages[[...list.children].indexOf(row)])
  })
  return { dom: h("div", { class: "editor-picker" }, input, list, status), input, chosen: () => taken }
}

function option(page: FoundPage, id: string, active: boolean): HTMLElement {
  const kind = page.kind === "article" ? "" : page.kind
  return h("li", { role: "option", id, "aria-selected": String(active) }, page.title, " ", h("small", {}, kind))
}

/** Waits for a pause in the typing; false when the typing went on. */
function pause(signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(true), PAUSE)
    signal.addEventListener("abort", () => {
      clearTimeout(timer)
      resolve(false)
    })
  })
}
