import { type Citation, hoursRules, parsePhone, parsePlace } from "../../editor/document/index.ts"
import type { Page } from "../pages/model.ts"
import { LICENCE, type FactRow } from "./model.ts"

/** A page's facts in the words of schema.org: the place or document itself, and each claim with its date, check and sources. */
export function linkedData(page: Pick<Page, "title" | "kind">, url: string, rows: readonly FactRow[]): Record<string, unknown> | null {
  const valid = rows.filter(({ state, rank }) => state === "known" && rank !== "deprecated")
  if (page.kind === "article" || valid.length === 0) return null
  const thing = page.kind === "source" ? documentData(valid) : placeData(valid)
  return compact({ "@context": "https://schema.org", "@id": url, url, name: page.title, ...thing, subjectOf: valid.map((row) => claimData(row, url)) })
}

function placeData(rows: readonly FactRow[]): Record<string, unknown> {
  const place = first(rows, "coordinates") && parsePlace(first(rows, "coordinates")!.value)
  const capacity = first(rows, "capacity")?.value.match(/^\d+$|^\d+(?= )/)?.[0]
  return {
    "@type": "CivicStructure",
    alternateName: all(rows, "alias").map(({ value }) => value),
    identifier: all(rows, "agency_code").map(({ value }) => value),
    address: addressData(first(rows, "street_address")?.value),
    geo: place && { "@type": "GeoCoordinates", ...place },
    telephone: first(rows, "phone")?.value.split(";")[0],
    contactPoint: rows.filter(({ type }) => type === "phone").map(contactData),
    openingHoursSpecification: all(rows, "visiting_hours").flatMap(hoursData),
    maximumAttendeeCapacity: capacity && Number(capacity),
  }
}

function documentData(rows: readonly FactRow[]): Record<string, unknown> {
  const publisher = first(rows, "publisher")?.value
  return {
    "@type": "CreativeWork",
    publisher: publisher && { "@type": "Organization", name: publisher },
    datePublished: first(rows, "published_on")?.value,
    genre: first(rows, "document_kind")?.value,
    sameAs: all(rows, "web_address").map(({ value }) => value.split(" ")[0]!),
    archivedAt: all(rows, "archived_copy").map(({ value }) => value.split(" ")[0]!),
    inLanguage: all(rows, "document_language").map(({ value }) => value),
  }
}

function claimData(row: FactRow, url: string): Record<string, unknown> {
  return compact({
    "@type": "Claim",
    "@id": `${url}/facts/${row.id}`,
    name: [row.label, row.qualifier].filter(Boolean).join(", "),
    text: row.text,
    temporalCoverage: row.asOf.replace("~", ""),
    dateModified: row.checkedOn,
    citation: row.sources.map(sourceData),
    license: LICENCE.url,
  })
}

function sourceData({ source, title, locator }: Citation): Record<string, unknown> | string {
  const address = /^https?:/.test(source) ? source : undefined
  return compact({ "@type": "CreativeWork", name: title || source, url: address, pagination: locator })
}

function contactData({ value, label, qualifier }: FactRow): Record<string, unknown> {
  const { number, extension } = parsePhone(value)
  return { "@type": "ContactPoint", telephone: extension ? `${number};ext=${extension}` : number, contactType: qualifier || label }
}

// "18201 SW 12th Street / Miami, Florida 33194"
function addressData(value: string | undefined): Record<string, unknown> | undefined {
  if (value === undefined) return undefined
  const lines = value.split("\n")
  const [, locality, region, code] = /^(.{1,80}), ([A-Za-z. ]{2,30}) (\d{5}(?:-\d{4})?)$/.exec(lines.at(-1)!) ?? []
  const street = (locality === undefined ? lines : lines.slice(0, -1)).join(", ")
  return compact({ "@type": "PostalAddress", streetAddress: street, addressLocality: locality, addressRegion: region, postalCode: code, addressCountry: "US" })
}

const dayNames: Record<string, string> = {
  Mo: "Monday", Tu: "Tuesday", We: "Wednesday", Th: "Thursday", Fr: "Friday", Sa: "Saturday", Su: "Sunday", PH: "PublicHolidays",
} // prettier-ignore

function hoursData({ value }: FactRow): Record<string, unknown>[] {
  return hoursRules(value).flatMap(({ days, times, audience }) =>
    times.map(({ from, to }) =>
      compact({
        "@type": "OpeningHoursSpecification",
        dayOfWeek: days.map((day) => dayNames[day]),
        opens: from,
        closes: to === "24:00" ? "23:59" : to,
        description: audience,
      }),
    ),
  )
}

function all(rows: readonly FactRow[], key: string): FactRow[] {
  return rows.filter((row) => row.key === key).sort((one, other) => Number(other.rank === "preferred") - Number(one.rank === "preferred"))
}

function first(rows: readonly FactRow[], key: string): FactRow | undefined {
  return all(rows, key)[0]
}

/** Without what is not known. */
function compact(data: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0)))
}
