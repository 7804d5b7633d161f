import type { DOMOutputSpec } from "prosemirror-model"
import type { Citation, FactAttrs } from "./attributes.ts"
import { citationName } from "./citations.ts"
import { dateText } from "./dates.ts"
import { factLabel, freshness, valueText } from "./facts.ts"
import { hoursRules } from "./hours.ts"
import { weekOf } from "./hours-week.ts"
import { relOf } from "./links.ts"
import { keysAfter, type MenuStep, parseMenu } from "./menu-text.ts"
import { parsePlace } from "./places.ts"
import { parseLink, parsePhone, shownValue } from "./value-text.ts"
import { factKind } from "./vocabulary.ts"
import { type LabelLanguage, langOf, say, tongueName } from "./words.ts"

/** How a fact is to be shown: on which day, in which language all is said that nobody wrote, and what marks a source. */
export interface FactView {
  today?: string
  language?: LabelLanguage
  cite?: (citation: Citation) => DOMOutputSpec
  /** Where this fact is mended. */
  edit?: string
}

// An output spec or the text between two of them, which prosemirror-model's own type leaves out.
type Piece = DOMOutputSpec | string

/**
 * The two cells of a fact's row: its name; and its value with what has to be known about it, followed by the note as
 * `["div", {class: "note"}, 0]`. What decides whether the value may be relied on is said in words, not by looks alone.
 */
export function factSpec(fact: FactAttrs, view: FactView = {}): [DOMOutputSpec, DOMOutputSpec] {
  const { language = "en" } = view
  return [
    ["dt", ...named(fact, language), ...(fact.qualifier ? [" ", span("qualifier", fact.qualifier)] : [])],
    [
      "dd",
      ...(fact.rank === "deprecated" ? [["strong", { class: "warning", ...langOf(language) }, say(language, "outOfDate")], " "] : []),
      fact.state === "known" ? valueSpec(fact, language) : ["span", { class: "value no-value", ...langOf(language) }, valueText(fact, language)],
      ...standing(fact, view),
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

/** The name of the kind in the reader's language, and then what the author calls it, where that is more. */
function named(fact: FactAttrs, language: LabelLanguage): Piece[] {
  const label = factLabel(fact)
  const kind = language === "en" ? undefined : factKind(fact.key)?.labels
  if (!kind || kind[language] === kind.en) return [label]
  return [["span", langOf(language), kind[language]], ...(label === kind.en ? [] : [" ", span("qualifier", label)])]
}

function valueSpec(fact: FactAttrs, language: LabelLanguage): DOMOutputSpec {
  const { key, type, value } = fact
  switch (type) {
    case "phone":
      return phoneSpec(value)
    case "address":
      return addressSpec(fact, language)
    case "hours":
      return hoursSpec(value, language)
    case "menu":
      return menuSpec(fact, language)
    case "date":
      return ["span", { class: "value", ...langOf(language) }, ...dateSpec(value, language)]
    case "link": {
      const { href } = parseLink(value)
      return ["span", { class: "value" }, ["a", { href, ...relOf(href) }, shownValue(type, value)]]
    }
    default:
      return key === "coordinates" ? placeSpec(value, language) : span("value", shownValue(type, value))
  }
}

/** A week, days with the same hours together. */
function hoursSpec(value: string, language: LabelLanguage): DOMOutputSpec {
  const rows = weekOf(hoursRules(value), language).map(({ days, slots }): DOMOutputSpec => {
    const shown = slots.flatMap((slot, index): Piece[] => (index ? [["br"], slot] : [slot]))
    return ["tr", ["th", { scope: "row" }, days], ["td", ...shown]]
  })
  return ["table", { class: "value hours", ...langOf(language) }, ["tbody", ...rows]]
}

/** Lines as on an envelope, and where a visitor goes, the way to a map. */
function addressSpec({ key, value }: FactAttrs, language: LabelLanguage): DOMOutputSpec {
  const lines = value.split("\n")
  const shown = lines.flatMap((line, index): Piece[] => (index ? [["br"], line] : [line]))
  const map = key === "street_address" ? [["br"] as const, mapLink(`search?query=${encodeURIComponent(lines.join(", "))}`, language)] : []
  return ["address", { class: "value" }, ...shown, ...map]
}

function placeSpec(value: string, language: LabelLanguage): DOMOutputSpec {
  const place = parsePlace(value)
  if (!place) return span("value", value)
  const { latitude, longitude } = place
  const query = `?mlat=${latitude}&mlon=${longitude}#map=15/${latitude}/${longitude}`
  return ["span", { class: "value" }, value, " ", mapLink(query, language)]
}

/** OpenStreetMap is told nothing until somebody follows the link, and then not where from. */
function mapLink(query: string, language: LabelLanguage): DOMOutputSpec {
  const href = `https://www.openstreetmap.org/${query}`
  return ["a", { class: "map", href, ...relOf(href), ...langOf(language) }, say(language, "map")]
}

/** The steps of a call as a list; the whole call as a link where pressing keys is all that has to be done. */
function menuSpec({ value, rank }: FactAttrs, language: LabelLanguage): DOMOutputSpec {
  const menu = parseMenu(value)
  const keys = keysAfter(menu)
  const { number, extension, short } = parsePhone(menu.call)
  const call: DOMOutputSpec[] = menu.call === "" ? [] : [["li", say(language, "doCall"), short ? menu.call : telLink(menu.call)]]
  const whole = rank !== "deprecated" && keys !== null && menu.call !== "" && !short && extension === ""
  const dial = `tel:${number}${keys}`
  const pressed = menu.steps.map(({ what }) => what).join(", ")
  const quick: Piece[] = whole ? [["a", { class: "tel quick", href: dial }, say(language, "callAndPress", pressed)]] : []
  return ["div", { class: "value menu", ...langOf(language) }, ["ol", ...call, ...menu.steps.map((step) => stepSpec(step, language))], ...quick]
}

function stepSpec({ do: act, what, language: tongue, hear }: MenuStep, language: LabelLanguage): DOMOutputSpec {
  const words: Piece[] = act === "wait" ? [say(language, act)] : [say(language, act), ["b", what]]
  const led: Piece[] = tongue === "" ? [] : [say(language, "leadsTo", tongueName(tongue, language))]
  const heard: Piece[] = hear === "" ? [] : [say(language, "youHear"), ["q", tongue === "" ? {} : { lang: tongue }, hear]]
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

function dateSpec(value: string, language: LabelLanguage): Piece[] {
  const exact = value.replace(/^~/, "")
  const times = exact.split("/").map((date): Piece => ["time", { datetime: date }, dateText(date, language)])
  return [...(exact === value ? [] : [say(language, "about")]), ...times.flatMap((time, index) => (index ? [say(language, "dateToDate"), time] : [time]))]
}

/** "as of about 2012", "checked 12 days ago". */
function standing(fact: FactAttrs, { today, language = "en" }: FactView): Piece[] {
  const attrs = { class: "as-of", ...langOf(language) }
  const asOf: Piece[] = fact.asOf === "" ? [] : [" ", ["span", attrs, say(language, "asOf"), ...dateSpec(fact.asOf, language)]]
  return [...asOf, ...checked(fact, today, language)]
}

function checked(fact: FactAttrs, today: string | undefined, language: LabelLanguage): Piece[] {
  // What is out of date already, or needs no checking, is not made truer by saying so.
  if (fact.checked === "" && (fact.rank === "deprecated" || factKind(fact.key)?.days === 0)) return []
  if (today === undefined) {
    const attrs = { class: "checked", ...langOf(language) }
    return fact.checked === "" ? [] : [" ", ["span", attrs, say(language, "checkedOn"), ...dateSpec(fact.checked, language)]]
  }
  const { state, text } = freshness(fact, today, language)
  return [
    " ",
    ["span", { class: `checked ${state}`, ...langOf(language) }, fact.checked === "" ? text : ["time", { datetime: fact.checked }, text]],
  ]
}

function sources(fact: FactAttrs, cite = inBrackets): Piece[] {
  return fact.sources.flatMap((source) => [" ", cite(source)])
}

function mending(fact: FactAttrs, { edit, language = "en" }: FactView): Piece[] {
  if (edit === undefined) return []
  const label = `${say(language, "fixThis")}: ${[factLabel(fact, language), fact.qualifier].filter(Boolean).join(", ")}`
  return [" ", ["a", { class: "edit-link", href: edit, rel: "nofollow", "aria-label": label, ...langOf(language) }, say(language, "fixThis")]]
}

function inBrackets(citation: Citation): DOMOutputSpec {
  return ["cite", { class: "citation" }, `[${citationName(citation)}]`]
}

function span(name: string, text: string): DOMOutputSpec {
  return ["span", { class: name }, text]
}
