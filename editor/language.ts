import type { EditorView } from "prosemirror-view"
import { field, openDialog } from "./dialog.ts"
import { pageSchema } from "./document/schema.ts"
import { readLanguage } from "./document/text-rules.ts"
import { h } from "./dom.ts"
import { currentMark, setLanguage } from "./marks.ts"
import type { MenuItem } from "./menu.ts"

// The languages most spoken by people held and their families; any other can be written as a code.
const languages: readonly [code: string, name: string][] = [
  ["en", "English"],
  ["es", "Spanish"],
  ["ht", "Haitian Creole"],
  ["fr", "French"],
  ["pt", "Portuguese"],
  ["ru", "Russian"],
  ["zh", "Chinese"],
  ["ar", "Arabic"],
  ["pa", "Punjabi"],
]

/** The list that says which language the selected words are in. */
export function languageItems(view: EditorView): MenuItem[] {
  const current: string | null = currentMark(view.state, pageSchema.marks.lang)?.attrs.lang ?? null
  const set = (lang: string | null) => setLanguage(lang)(view.state, view.dispatch)
  const item = (label: string, lang: string | null): MenuItem => ({
    label,
    state: { kind: "radio", on: current === lang },
    run: () => set(lang),
  })
  const listed = current === null || languages.some(([code]) => code === current)
  return [
    item("Language of the page", null),
    ...languages.map(([code, name]) => item(name, code)),
    ...(listed ? [] : [item(current, current)]),
    { label: "Another language…", run: () => askForLanguage(view, current) },
  ]
}

function askForLanguage(view: EditorView, current: string | null) {
  const input = h("input", { type: "text", value: current ?? "", autocomplete: "off", autocapitalize: "none" })
  const dialog = openDialog({
    title: "Language of the selected words",
    content: [field("Code of the language", input, "Such as “quc” for K’iche’ or “zh-Hant” for traditional Chinese.")],
    accept: "Set language",
    onAccept: () => {
      const lang = readLanguage(input.value)
      if (lang) setLanguage(lang)(view.state, view.dispatch)
      else dialog.problem("This is not the code of a language. Codes have two or three letters, such as “es” or “quc”.")
      return lang !== null
    },
    onClose: () => view.focus(),
  })
  input.focus()
}
