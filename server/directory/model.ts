import { slugOf } from "../../editor/document/index.ts"
import { regions } from "../pages/model.ts"

/** The facts of a facility that the directory shows or looks in. */
export const DIRECTORY_KEYS = ["status", "population", "alias", "agency_code", "name"] as const

/** One claim about a facility. */
export interface Claim {
  pageId: string
  key: string
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
  /** Other names and codes, so that any of them finds it. */
  names: string[]
}

/** What of the directory is wanted; null for everything. `region` "none" means those whose address does not tell. */
export interface FacilityFilter {
  region: string | null
  status: string | null
  text: string
}

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

/** Whether a facility is among those wanted. Words are compared without accents and case. */
export function isWanted(facility: Facility, { region, status, text }: FacilityFilter): boolean {
  if (region !== null && (facility.region ?? "none") !== region) return false
  if (status !== null && facility.status?.toLowerCase() !== status.toLowerCase()) return false
  if (text.trim() === "") return true
  const names = [facility.title, ...facility.names].map(slugOf)
  return names.some((name) => name.includes(slugOf(text)))
}

/** The name of a state by its code; "none" is for facilities whose address does not tell. */
export function regionName(code: string | null): string {
  return (code && regions[code]) || "State not known"
}

/** The address of the directory under a filter; each filter has one. */
export function facilitiesPath({ region, status, text }: FacilityFilter, page = 1): string {
  const query = new URLSearchParams()
  if (region !== null) query.set("state", region)
  if (status !== null) query.set("status", status)
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
