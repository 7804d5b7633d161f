import type { DOMOutputSpec } from "prosemirror-model"
import type { Citation, FactAttrs } from "./attributes.ts"
import { citationName } from "./citations.ts"
import { dateText } from "./dates.ts"
import { factLabel, freshness, valueText } from "./facts.ts"
import { hoursRules, hoursRuleText } from "./hours.ts"
import { relOf } from "./links.ts"
import { parseLink, parsePhone, shownValue } from "./value-text.ts"
import { factKind, type LabelLanguage } from "./vocabulary.ts"

/** How a fact is to be shown: on which day, in which language its kind is named, and what marks a source. */
export interface FactView {
  today?: string
  language?: LabelLanguage
  cite?: (citation: Citation) => DOMOutputSpec
  /** Where this fact is mended. */
  edit?: string
}

// An output spec or the text between two of them, which prosemirror-model's own type leaves out.
type Piece = DOMOutputSpec | string

const OUT_OF_DATE = "Out of date: do not rely on this"

/**
 * The two cells of a fact's row: its name; and its value with what has to be known about it, followed by the note as
 * `["div", {class: "note"}, 0]`. What decides whether the value may be relied on is said in words, not by looks alone.
 */
export function factSpec(fact: FactAttrs, view: FactView = {}): [DOMOutputSpec, DOMOutputSpec] {
  return [
    ["dt", factLabel(fact, view.language), ...(fact.qualifier ? [" ", span("qualifier", fact.qualifier)] : [])],
    [
      "dd",
      ...(fact.rank === "deprecated" ? [["strong", { class: "warning" }, OUT_OF_DATE], " "] : []),
      fact.state === "known" ? valueSpec(fact) : span("value no-value", valueText(fact)),
      ...standing(fact, view.today),
      ...sources(fact, view.cite),
      ...mending(fact, view),
      ["div", { class: "note" }, 0],
    ],
  ]
}

/** The class of a fact's row. */
export function factClass({ rank }: FactAttrs): string {
  return rank === "normal" ? "fact" : `fact ${rank}`
}

function valueSpec({ type, value }: FactAttrs): DOMOutputSpec {
  switch (type) {
    case "phone":
      return phoneSpec(value)
    case "address":
      return [
        "address",
        { class: "value" },
        ...value.split("\n").flatMap((line, index) => (index ? [["br"], line] : [line])),
      ]
    case "hours":
      return ["ul", { class: "value hours" }, ...hoursRules(value).map((rule) => ["li", hoursRuleText(rule)])]
    case "date":
      return ["span", { class: "value" }, ...dateSpec(value)]
    case "link": {
      const { href } = parseLink(value)
      return ["span", { class: "value" }, ["a", { href, ...relOf(href) }, shownValue(type, value)]]
    }
    default:
      return span("value", shownValue(type, value))
  }
}

// The comma makes a telephone wait and then dial the extension.
function phoneSpec(value: string): DOMOutputSpec {
  const { number, extension, short } = parsePhone(value)
  const shown = shownValue("phone", value)
  if (short) return span("value", shown)
  return [
    "span",
    { class: "value" },
    ["a", { class: "tel", href: `tel:${number}${extension && `,${extension}`}` }, shown],
  ]
}

function dateSpec(value: string): Piece[] {
  const exact = value.replace(/^~/, "")
  const times = exact.split("/").map((date): Piece => ["time", { datetime: date }, dateText(date)])
  return [...(exact === value ? [] : ["about "]), ...times.flatMap((time, index) => (index ? [" to ", time] : [time]))]
}

/** "as of about 2012", "checked 12 days ago". */
function standing(fact: FactAttrs, today: string | undefined): Piece[] {
  const asOf: Piece[] = fact.asOf === "" ? [] : [" ", ["span", { class: "as-of" }, "as of ", ...dateSpec(fact.asOf)]]
  return [...asOf, ...checked(fact, today)]
}

function checked(fact: FactAttrs, today: string | undefined): Piece[] {
  // What is out of date already, or needs no checking, is not made truer by saying so.
  if (fact.checked === "" && (fact.rank === "deprecated" || factKind(fact.key)?.days === 0)) return []
  if (today === undefined) {
    return fact.checked === "" ? [] : [" ", ["span", { class: "checked" }, "checked ", ...dateSpec(fact.checked)]]
  }
  const { state, text } = freshness(fact, today)
  return [
    " ",
    ["span", { class: `checked ${state}` }, fact.checked === "" ? text : ["time", { datetime: fact.checked }, text]],
  ]
}

function sources(fact: FactAttrs, cite = inBrackets): Piece[] {
  return fact.sources.flatMap((source) => [" ", cite(source)])
}

function mending(fact: FactAttrs, { edit, language }: FactView): Piece[] {
  if (edit === undefined) return []
  const label = `Fix this: ${[factLabel(fact, language), fact.qualifier].filter(Boolean).join(", ")}`
  return [" ", ["a", { class: "edit-link", href: edit, rel: "nofollow", "aria-label": label }, "Fix this"]]
}

function inBrackets(citation: Citation): DOMOutputSpec {
  return ["cite", { class: "citation" }, `[${citationName(citation)}]`]
}

function span(name: string, text: string): DOMOutputSpec {
  return ["span", { class: name }, text]
}
