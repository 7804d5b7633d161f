import { type Node } from "prosemirror-model"
import { factKind, pageSchema, readValue } from "../../../editor/document/index.ts"
import { regionCode, regions, titleKey } from "../../pages/model.ts"
import { GROUP_ORDER } from "./add-facts.ts"
import type { KnownPlace } from "./known.ts"
import { nameKey } from "./folding.ts"
import type { ListedFact, ListedPlace } from "./place.ts"

/** The page of a place before its facts: one paragraph, for whoever gets there first. */
export function newPage({ name, city, state }: ListedPlace): Node {
  const where = [city, regions[state] ?? state].filter(Boolean).join(", ")
  const text =
    `${name}${where ? ` in ${where}` : ""} is on a list of places where Immigration and Customs Enforcement (ICE) has held people. ` +
    "What stands here comes from public lists; nobody has called or visited for this page yet. Call before you travel."
  const { doc, paragraph } = pageSchema.nodes
  return doc.create(null, paragraph.create(null, pageSchema.text(text)))
}

/**
 * A title that no other page has: the name; with the city and state where places share it; with the code where they share
 * those too. Null when even that is taken. `shared` has the names that stand more than once in the list.
 */
export function freeTitle(place: ListedPlace, taken: ReadonlySet<string>, shared: ReadonlySet<string>): string | null {
  const { name, city, state, code } = place
  const placed = [name, city, state].filter(Boolean).join(", ")
  const wishes = [...(shared.has(nameKey(name)) ? [] : [name]), placed, ...(code ? [`${placed} (${code})`] : [])]
  return wishes.find((wish) => !taken.has(titleKey(wish))) ?? null
}

/** Everything a row says of its place, its name and code included; of a place within another's page, under its own code. */
export function factsFor(place: ListedPlace, page: KnownPlace | null): ListedFact[] {
  const isWithin = page !== null && place.code !== "" && page.codes.length > 0 && page.codes[0] !== place.code.toUpperCase()
  const text = (key: string, raw: string, qualifier = ""): ListedFact[] => {
    const reading = raw === "" ? null : readValue("text", raw)
    return reading?.ok ? [{ key, type: "text", label: "", qualifier, state: "known", value: reading.value, asOf: "" }] : []
  }
  const isNamed = page !== null && page.names.has(nameKey(place.name))
  const names = page === null ? text("name", place.name) : isNamed ? [] : text("alias", place.name)
  const hasCode = page?.codes.includes(place.code.toUpperCase()) ?? false
  const codes = hasCode ? [] : text("agency_code", place.code, isWithin ? place.name : "")
  const listed = place.facts.map((fact) => (isWithin ? { ...fact, qualifier: [fact.qualifier, place.code].filter(Boolean).join(", ") } : fact))
  const isPlaced = (page?.region ?? null) !== null || listed.some((fact) => fact.key === "street_address" && regionCode(fact.value) !== null)
  const region = isPlaced ? [] : text("state", regions[place.state] ?? place.state)
  const group = (fact: ListedFact) => GROUP_ORDER.indexOf(factKind(fact.key)?.group ?? "")
  return [...listed, ...region, ...names, ...codes].sort((one, other) => group(one) - group(other))
}
