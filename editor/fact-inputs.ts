import { cleanText } from "./clean-text.ts"
import { field } from "./dialog.ts"
import { freshness } from "./document/facts.ts"
import { typedText, valueHints } from "./document/one-fact.ts"
import type { FactAttrs } from "./document/schema.ts"
import { factKind } from "./document/vocabulary.ts"
import { button, freshId, h, setAttribute, setText } from "./dom.ts"
import { type CheckedField, checkFact, type FactProblems } from "./fact-check.ts"
import { kindSelect, rankSelect, showKind, shownDate, stateSelect, typeSelect } from "./fact-fields.ts"
import { afterClick } from "./pointer.ts"
import { canCheck, readTyped } from "./checks.ts"

/** The controls of one fact. */
export interface FactInputs {
  /** Always shown. */
  main: HTMLElement[]
  /** Shown when asked for. */
  more: HTMLElement[]
  /** Brings the controls in line with the document. The one being typed in is left alone. */
  show(attrs: FactAttrs): void
  /** Shows everything that is wrong, at once, and puts the focus on the first field that has to be mended. */
  reveal(problems: FactProblems): void
}

export type ChangeFact = (change: Partial<FactAttrs>) => void

type TextField = CheckedField | "qualifier"
type TextControl = HTMLInputElement | HTMLTextAreaElement

/**
 * Controls that write what is typed straight into the document. Leaving a field puts its value into canonical form;
 * what cannot be read stays word for word, with the reason beside it.
 */
export function factInputs(read: () => FactAttrs, change: ChangeFact, today: () => string): FactInputs {
  const selects = { key: kindSelect(), type: typeSelect(), state: stateSelect(), rank: rankSelect() }
  const texts: Record<TextField, TextControl> = {
    label: input(),
    value: h("textarea", { rows: 1 }),
    qualifier: input(),
    asOf: input(),
    checked: input(),
  }
  const problems = { label: place(), value: place(), asOf: place(), checked: place() }
  const left = new Set<string>()

  selects.key.addEventListener("change", () => change(kindChange(read(), selects.key.value)))
  for (const name of ["type", "state", "rank"] as const) {
    selects[name].addEventListener("change", () => change({ [name]: selects[name].value }))
  }
  for (const [name, control] of entries(texts)) {
    control.dataset.field = name
    control.addEventListener("input", () => change({ [name]: cleanText(control.value) }))
    const keyed: HTMLElement = control
    keyed.addEventListener("keydown", (event) => {
      // Return would send the whole page. Only an address has lines.
      if (event.key === "Enter" && (name !== "value" || read().type !== "address")) event.preventDefault()
    })
    control.addEventListener("blur", () => afterClick(() => settle(name)))
  }
  for (const [name, shown] of entries(problems)) setAttribute(texts[name], "aria-describedby", shown.id)
  const asWords = button("Keep as words", () => (change({ type: "text" }), texts.value.focus()), { class: "quiet" })
  const checkedToday = button("Checked today", () => change({ checked: today() }), { class: "quiet" })
  const fresh = h("p", { class: "fact-freshness" })
  const label = field("Name of the fact", texts.label)
  const type = field("Kind of value", selects.type)

  function settle(name: TextField) {
    left.add(name)
    const { canonical } = checkFact(read())
    if (canonical[name] !== read()[name]) change({ [name]: canonical[name] })
    else show(read())
  }
  function show(attrs: FactAttrs) {
    const { problems: found } = checkFact(attrs)
    showKind(selects.key, attrs.key)
    for (const name of ["type", "state", "rank"] as const) selects[name].value = attrs[name]
    label.hidden = attrs.key !== ""
    type.hidden = factKind(attrs.key)?.type === attrs.type
    setText(fresh, attrs.checked === "" || found.checked ? "" : freshness(attrs, today()).text)
    put(texts.label, attrs.label)
    put(texts.value, found.value ? attrs.value : shownValue(attrs))
    put(texts.qualifier, attrs.qualifier)
    put(texts.asOf, shownDate(attrs.asOf))
    put(texts.checked, shownDate(attrs.checked))
    setAttribute(texts.value, "placeholder", valueHints[attrs.type])
    setAttribute(texts.value, "inputmode", attrs.type === "phone" ? "tel" : null)
    for (const [name, shown] of entries(problems)) {
      const quiet =
        document.activeElement === texts[name] ? shown.textContent === "" : attrs[name] === "" && !left.has(name)
      complain(name, quiet ? undefined : found[name])
    }
    asWords.hidden = problems.value.textContent === "" || attrs.type === "text"
  }
  function complain(name: CheckedField, problem = "") {
    setText(problems[name], problem)
    setAttribute(texts[name], "aria-invalid", problem === "" ? null : "true")
  }
  return {
    main: [
      classed("kind", field("Kind of fact", selects.key)),
      classed("value", below(field("Value", texts.value), problems.value, asWords)),
      field("What is known", selects.state),
      below(field("Last checked", texts.checked), problems.checked, fresh, checkedToday),
      below(label, problems.label),
      type,
    ],
    more: [
      field("For whom or what", texts.qualifier, "Such as “last names A–L”, “women’s unit” or “holidays”."),
      below(field("True as of", texts.asOf), problems.asOf),
      field("Standing", selects.rank),
    ],
    show,
    reveal: (found) => {
      for (const name of Object.keys(problems) as CheckedField[]) left.add(name)
      show(read())
      const [first] = entries(texts).filter(([name]) => name in found)
      for (const [name, problem] of entries(found)) complain(name, problem)
      asWords.hidden = !found.value || read().type === "text"
      first?.[1].focus()
    },
  }
}

const input = () => h("input", { type: "text", autocomplete: "off" })
const place = () => h("p", { class: "editor-problem", id: freshId() })

const entries = <T extends object>(record: T) => Object.entries(record) as [keyof T & string, NonNullable<T[keyof T]>][]

function below(labelled: HTMLElement, ...more: HTMLElement[]): HTMLElement {
  labelled.append(...more)
  return labelled
}

function classed(name: string, element: HTMLElement): HTMLElement {
  element.classList.add(name)
  return element
}

function shownValue(attrs: FactAttrs): string {
  return canCheck() ? typedText(attrs, readTyped) : attrs.value
}

// The cursor must not jump while somebody types: the field with the focus already holds what was typed.
function put(control: TextControl, text: string) {
  if (document.activeElement !== control && control.value !== text) control.value = text
}

/** A kind of the vocabulary brings its name and the type its values have; a free one begins with the name it had. */
function kindChange(attrs: FactAttrs, key: string): Partial<FactAttrs> {
  const kind = factKind(key)
  if (kind) return { key, label: "", type: kind.type }
  return { key, label: attrs.label || (factKind(attrs.key)?.labels.en ?? "") }
}
