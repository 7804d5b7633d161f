import { h } from "./dom.ts"

// Names of pages under the search field while somebody types. Without this the field is a field.

/** After this many milliseconds without a key the person has stopped to look. */
const PAUSE = 150
const LEAST = 2

interface Suggestion {
  slug: string
  title: string
}

for (const [index, field] of document.querySelectorAll<HTMLInputElement>('input[type="search"][name="q"]').entries()) suggestIn(field, `suggestions-${index}`)

function suggestIn(field: HTMLInputElement, id: string): void {
  const list = h("datalist", { id })
  field.after(list)
  field.setAttribute("list", id)
  field.setAttribute("autocomplete", "off")
  let known: Suggestion[] = []
  let timer = 0
  let asked = ""

  field.addEventListener("input", () => {
    // Whoever picks a title means that page.
    const chosen = known.find(({ title }) => title === field.value)
    if (chosen) return location.assign(`/wiki/${encodeURIComponent(chosen.slug)}`)
    clearTimeout(timer)
    timer = window.setTimeout(() => void look(field.value.trim()), PAUSE)
  })

  async function look(text: string): Promise<void> {
    if (text.length < LEAST || text === asked) return
    asked = text
    const answer = await fetch(`/search/suggestions?q=${encodeURIComponent(text)}`).catch(() => null)
    if (!answer?.ok || asked !== text) return
    known = ((await answer.json()) as { items: Suggestion[] }).items
    list.replaceChildren(...known.map(({ title }) => h("option", { value: title })))
  }
}
