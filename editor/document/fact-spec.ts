import type { DOMOutputSpec } from "prosemirror-model"
import type { Citation, FactAttrs } from "./attributes.ts"
import { citationName } from "./citations.ts"
import { dateText } from "./dates.ts"
import { factLabel, freshness, valueText } from "./facts.ts"
import { hoursRules } from "./hours.ts"
import { weekOf } from "./hours-week.ts"
import { relOf } from "./links.ts"
import { keysAfter, languageName, type MenuStep, parseMenu } from "./menu-text.ts"
import { parsePlace } from "./places.ts"
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

function valueSpec(fact: FactAttrs): DOMOutputSpec {
  const { key, type, value } = fact
  switch (type) {
    case "phone":
      return phoneSpec(value)
    case "address":
      return addressSpec(fact)
    case "hours":
      return hoursSpec(value)
    case "menu":
      return menuSpec(fact)
    case "date":
      return ["span", { class: "value" }, ...dateSpec(value)]
    case "link": {
      const { href } = parseLink(value)
      return ["span", { class: "value" }, ["a", { href, ...relOf(href) }, shownValue(type, value)]]
    }
    default:
      return key === "coordinates" ? placeSpec(value) : span("value", shownValue(type, value))
  }
}

/** A week, days with the same hours together. */
function hoursSpec(value: string): DOMOutputSpec {
  const rows = weekOf(hoursRules(value)).map(({ days, slots }): DOMOutputSpec => {
    const shown = slots.flatMap((slot, index): Piece[] => (index ? [["br"], slot] : [slot]))
    return ["tr", ["th", { scope: "row" }, days], ["td", ...shown]]
  })
  return ["table", { class: "value hours" }, ["tbody", ...rows]]
}

/** Lines as on an envelope, and where a visitor goes, the way to a map. */
function addressSpec({ key, value }: FactAttrs): DOMOutputSpec {
  const lines = value.split("\n")
  const shown = lines.flatMap((line, index): Piece[] => (index ? [["br"], line] : [line]))
  const map = key === "street_address" ? [["br"] as const, mapLink(`search?query=${encodeURIComponent(lines.join(", "))}`)] : []
  return ["address", { class: "value" }, ...shown, ...map]
}

function placeSpec(value: string): DOMOutputSpec {
  const place = parsePlace(value)
  if (!place) return span("value", value)
  const { latitude, longitude } = place
  const query = `?mlat=${latitude}&mlon=${longitude}#map=15/${latitude}/${longitude}`
  return ["span", { class: "value" }, value, " ", mapLink(query)]
}

/** OpenStreetMap is told nothing until somebody follows the link, and then not where from. */
function mapLink(query: string): DOMOutputSpec {
  const href = `https://www.openstreetmap.org/${query}`
  return ["a", { class: "map", href, ...relOf(href) }, "Map"]
}

/** The steps of a call as a list; the whole call as a link where pressing keys is all that has to be done. */
function menuSpec({ value, rank }: FactAttrs): DOMOutputSpec {
  const menu = parseMenu(value)
  const keys = keysAfter(menu)
  const { number, extension, short } = parsePhone(menu.call)
  const call: DOMOutputSpec[] = menu.call === "" ? [] : [["li", "Call ", short ? menu.call : telLink(menu.call)]]
  const whole = rank !== "deprecated" && keys !== null && menu.call !== "" && !short && extension === ""
  const dial = `tel:${number}${keys}`
  const pressed = menu.steps.map(({ what }) => what).join(", ")
  const quick: Piece[] = whole ? [["a", { class: "tel quick", href: dial }, `Call and press ${pressed} by itself`]] : []
  return ["div", { class: "value menu" }, ["ol", ...call, ...menu.steps.map(stepSpec)], ...quick]
}

function stepSpec({ do: act, what, language, hear }: MenuStep): DOMOutputSpec {
  const words: Piece[] = act === "wait" ? ["Wait"] : [`${act.charAt(0).toUpperCase()}${act.slice(1)} `, ["b", what]]
  const led: Piece[] = language === "" ? [] : [` for ${languageName(language)}`]
  const heard: Piece[] = hear === "" ? [] : [", you hear ", ["q", language === "" ? {} : { lang: language }, hear]]
  return ["li", ...words, ...led, ...heard]
}

// The comma makes a telephone wait and then dial the extension.
function phoneSpec(value: string): DOMOutputSpec {
  const { short } = parsePhone(value)
  const shown = shownValue("phone", value)
  return short ? span("value", shown) : ["span", { class: "value" }, telLink(value)]
}

function telLink(value: string): DOMOutputSpec {
  const { number, extension } = parsePhone(value)
  return ["a", { class: "tel", href: `tel:${number}${extension && `,${extension}`}` }, shownValue("phone", value)]
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
