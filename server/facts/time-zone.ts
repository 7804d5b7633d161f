import type { FactRow } from "./model.ts"

// States that have one time zone. A place elsewhere is told of by a fact: a guess would send a family at the wrong hour.
const zones: Record<string, string[]> = {
  "America/New_York": ["CT", "DE", "DC", "GA", "ME", "MD", "MA", "NH", "NJ", "NY", "NC", "OH", "PA", "RI", "SC", "VT", "VA", "WV"],
  "America/Chicago": ["AL", "AR", "IL", "IA", "LA", "MN", "MS", "MO", "OK", "WI"],
  "America/Denver": ["CO", "MT", "NM", "UT", "WY"],
  "America/Phoenix": ["AZ"],
  "America/Los_Angeles": ["CA", "NV", "WA"],
  "Pacific/Honolulu": ["HI"],
  "America/Puerto_Rico": ["PR", "VI"],
  "Pacific/Guam": ["GU", "MP"],
}
const byRegion = new Map(Object.entries(zones).flatMap(([zone, regions]) => regions.map((region) => [region, zone])))

/** The beginnings of the ZIP codes of the smaller zone, in states with two of which one is small and clear. */
const smaller: Record<string, { zone: string; except: RegExp }> = {
  FL: { zone: "America/New_York", except: /^32[45]/ },
  TX: { zone: "America/Chicago", except: /^(?:798|799|885)/ },
}

/** The time zone by whose clock a place opens; null when nobody said so and its state has several. */
export function zoneOf(rows: readonly FactRow[], region: string | null): string | null {
  const told = rows.find(({ key, state, rank }) => key === "time_zone" && state === "known" && rank !== "deprecated")
  if (told) return isZone(told.value) ? told.value : null
  const split = region === null ? undefined : smaller[region]
  if (!split) return byRegion.get(region ?? "") ?? null
  const address = rows.find(({ key, state, rank }) => key === "street_address" && state === "known" && rank !== "deprecated")
  const zip = /\b(\d{5})(?:-\d{4})?\s*$/.exec(address?.value ?? "")?.[1]
  return zip === undefined || split.except.test(zip) ? null : split.zone
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).format() !== ""
  } catch {
    return false
  }
}
