import { regionCode } from "../../pages/model.ts"
import { addressKey, bareName, nameKey, sharedWords, streetKey } from "./folding.ts"
import type { ListedPlace } from "./place.ts"
import type { KnownFact } from "./store.ts"

/** Facts by which a list's row is known to be of a page. */
export const IDENTITY_KEYS = ["agency_code", "name", "alias", "street_address", "state"]

/** A facility's page as lists know it. */
export interface KnownPlace {
  id: string
  slug: string
  title: string
  region: string | null
  /** The agency's codes; the first is its own, others are of places within it. */
  codes: string[]
  names: Set<string>
  streets: Set<string>
  cities: string
}

export type Match = { place: KnownPlace } | { several: KnownPlace[] } | null

/** The facilities there are, found by code, by name within a state, or by address. */
export class KnownPlaces {
  readonly #byId = new Map<string, KnownPlace>()
  readonly #byCode = new Map<string, KnownPlace[]>()
  readonly #byName = new Map<string, KnownPlace[]>()
  readonly #byStreet = new Map<string, KnownPlace[]>()

  constructor(pages: readonly { id: string; slug: string; title: string; region: string | null }[], facts: readonly KnownFact[]) {
    for (const { id, slug, title, region } of pages) {
      this.#byId.set(id, { id, slug, title, region, codes: [], names: new Set(namesOf(title)), streets: new Set(), cities: "" })
    }
    for (const fact of facts) learn(this.#byId.get(fact.pageId), fact)
    for (const place of this.#byId.values()) {
      for (const code of place.codes) push(this.#byCode, code, place)
      for (const name of place.names) push(this.#byName, name, place)
      for (const street of place.streets) push(this.#byStreet, street, place)
    }
  }

  get(id: string): KnownPlace | undefined {
    return this.#byId.get(id)
  }

  /**
   * The page a row is of: by its code; else by its name in the same state, told apart by city and address; else by its
   * address. A page with another code is another place. `several` when it cannot be told which.
   */
  find(row: Pick<ListedPlace, "code" | "name" | "city" | "state"> & { address?: string }): Match {
    const coded = this.#byCode.get(row.code.toUpperCase())
    if (row.code !== "" && coded) return one(coded)
    const open = (places: KnownPlace[]) =>
      places.filter(({ codes, region }) => (row.code === "" || codes.length === 0) && (row.state === "" || region === null || region === row.state))
    const named = open(distinct(namesOf(row.name).flatMap((name) => this.#byName.get(name) ?? [])))
    const street = row.address === undefined ? null : streetKey(row.address)
    if (named.length > 0) return one(narrowed(narrowed(named, ({ cities }) => row.city !== "" && cities.includes(addressKey(row.city))), ({ streets }) => street !== null && streets.has(street)))
    const near = street === null ? [] : open(this.#byStreet.get(street) ?? [])
    return near.length === 0 ? null : one(likeliest(near, row.name))
  }

  /** The pages that have this name, wherever they are. */
  named(name: string): KnownPlace[] {
    return distinct(namesOf(name).flatMap((key) => this.#byName.get(key) ?? []))
  }
}

function learn(place: KnownPlace | undefined, { key, value, qualifier }: KnownFact): void {
  if (!place) return
  if (key === "agency_code") place.codes[qualifier === "" ? "unshift" : "push"](value.toUpperCase())
  if (key === "name" || key === "alias") for (const name of namesOf(value)) place.names.add(name)
  if (key === "state") place.region ??= regionCode(`, ${value} 00000`)
  if (key !== "street_address") return
  place.region ??= regionCode(value)
  place.cities += ` ${addressKey(value)}`
  const street = streetKey(value)
  if (street) place.streets.add(street)
}

function namesOf(name: string): string[] {
  const bare = bareName(name)
  return bare === null ? [nameKey(name)] : [nameKey(name), nameKey(bare)]
}

function one(places: KnownPlace[]): Match {
  return places.length === 1 ? { place: places[0]! } : { several: places }
}

// A name that one place alone has needs no further proof; several are told apart as far as it goes.
function narrowed(places: KnownPlace[], isLikely: (place: KnownPlace) => boolean): KnownPlace[] {
  const likely = places.length > 1 ? places.filter(isLikely) : []
  return likely.length > 0 ? likely : places
}

// A jail and its hold room share an address: the one whose name has most in common with the row's, if one has.
function likeliest(places: KnownPlace[], name: string): KnownPlace[] {
  const most = Math.max(...places.map(({ title }) => sharedWords(title, name)))
  const best = places.filter(({ title }) => sharedWords(title, name) === most)
  return best.length === 1 ? best : places
}

function distinct(places: KnownPlace[]): KnownPlace[] {
  return [...new Set(places)]
}

function push(map: Map<string, KnownPlace[]>, key: string, place: KnownPlace): void {
  if (key === "") return
  const places = map.get(key)
  if (!places) map.set(key, [place])
  else if (!places.includes(place)) places.push(place)
}
