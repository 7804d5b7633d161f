import { type Freshness, slugOf } from "../../editor/document/index.ts"
import { regions } from "../pages/model.ts"

/** The facts of a facility that the directory shows or looks in. */
export const DIRECTORY_KEYS = [
  "status", "population", "alias", "agency_code", "name", "facility_type", "operator", "field_office", "coordinates",
] as const // prettier-ignore

/** One claim about a facility. */
export interface Claim {
  pageId: string
  key: string
  label: string
  qualifier: string
  text: string
  state: string
  rank: string
  asOf: string
  position: number
}

export interface Facility {
  slug: string
  title: string
  region: string | null
  updatedAt: string
  status: string | null
  /** People held, as the claim says it, and when that was. */
  population: string | null
  populationAsOf: string | null
  /** The same as a number; null when not known. */
  held: number | null
  type: string | null
  operator: string | null
  /** The name of the ICE field office. */
  office: string | null
  /** Where it is, in degrees; null when not known. */
  place: Place | null
  /** How long ago anybody last checked a fact of it. */
  checked: Freshness
  /** Other names and codes, so that any of them finds it. */
  names: string[]
}

export interface Place {
  latitude: number
  longitude: number
}

/** What of the directory is wanted; null for everything. `region` "none" means those whose address does not tell. */
export interface FacilityFilter {
  region: string | null
  status: string | null
  operator: string | null
  type: string | null
  office: string | null
  text: string
}

export const everything: FacilityFilter = { region: null, status: null, operator: null, type: null, office: null, text: "" }
/** The filters that choose among what the facts say, by their names in the address. */
export const choices = ["status", "operator", "type", "office"] as const
export type Choice = (typeof choices)[number]

export interface PageLine {
  slug: string
  title: string
  updatedAt: string
}

/** The claim readers should rely on: a preferred one before others, then the most recent; outdated ones never. */
export function bestClaim(claims: Claim[], key: string): Claim | undefined {
  return claims
    .filter((claim) => claim.key === key && claim.state === "known" && claim.rank !== "deprecated")
    .sort((one, other) => rank(one) - rank(other) || recent(other.asOf, one.asOf) || one.position - other.position)[0]
}

/** The claim about the place itself: one that is qualified, by the code of a place within it, say, only when there is no other. */
export function plainClaim(claims: Claim[], key: string): Claim | undefined {
  return bestClaim(claims.filter(({ qualifier }) => qualifier === ""), key) ?? bestClaim(claims, key)
}

/** How many people are held there now: the highest number of a night says something else. */
export function populationClaim(claims: Claim[]): Claim | undefined {
  return bestClaim(claims.filter(({ label }) => !/\b(?:most|highest|peak)\b/i.test(label)), "population")
}

/** A place written as two numbers, "25.75, -80.49"; null when it is anything else. */
export function readPlace(text: string): Place | null {
  const found = /^(-?\d{1,2}(?:\.\d{1,15})?), ?(-?\d{1,3}(?:\.\d{1,15})?)$/.exec(text.trim())
  const [latitude, longitude] = [Number(found?.[1]), Number(found?.[2])]
  return found && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : null
}

/** Whether a facility is among those wanted. Words are compared without accents and case. */
export function isWanted(facility: Facility, filter: FacilityFilter): boolean {
  const { region, text } = filter
  if (region !== null && (facility.region ?? "none") !== region) return false
  if (choices.some((name) => filter[name] !== null && facility[name]?.toLowerCase() !== filter[name].toLowerCase())) return false
  if (text.trim() === "") return true
  const names = [facility.title, ...facility.names].map(slugOf)
  return names.some((name) => name.includes(slugOf(text)))
}

/** The name of a state by its code; "none" is for facilities whose address does not tell. */
export function regionName(code: string | null): string {
  return (code && regions[code]) || "State not known"
}

/** The address of the directory under a filter; each filter has one. */
export function facilitiesPath(filter: FacilityFilter, page = 1): string {
  const { region, text } = filter
  const query = new URLSearchParams()
  if (region !== null) query.set("state", region)
  for (const name of choices) if (filter[name] !== null) query.set(name, filter[name])
  if (text !== "") query.set("q", text)
  if (page > 1) query.set("page", String(page))
  return query.size === 0 ? "/facilities" : `/facilities?${query.toString()}`
}

function rank(claim: Claim): number {
  return claim.rank === "preferred" ? 0 : 1
}

function recent(one: string, other: string): number {
  return one.replace("~", "").localeCompare(other.replace("~", ""), "en")
}
