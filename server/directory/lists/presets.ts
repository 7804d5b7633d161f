import { type Mapping, missingColumns, readMapping } from "./mapping.ts"

const AREAS = `
read AOR "ATL" as: Atlanta
read AOR "BAL" as: Baltimore
read AOR "BOS" as: Boston
read AOR "BUF" as: Buffalo
read AOR "CHI" as: Chicago
read AOR "DAL" as: Dallas
read AOR "DEN" as: Denver
read AOR "DET" as: Detroit
read AOR "ELP" as: El Paso
read AOR "HLG" as: Harlingen
read AOR "HOU" as: Houston
read AOR "LOS" as: Los Angeles
read AOR "MIA" as: Miami
read AOR "NEW" as: Newark
read AOR "NOL" as: New Orleans
read AOR "NYC" as: New York City
read AOR "PHI" as: Philadelphia
read AOR "PHO" as: Phoenix
read AOR "SEA" as: Seattle
read AOR "SFR" as: San Francisco
read AOR "SLC" as: Salt Lake City
read AOR "SNA" as: San Antonio
read AOR "SND" as: San Diego
read AOR "SPM" as: St Paul
read AOR "WAS" as: Washington
read Type Detailed "BOP" as: Federal prison (Bureau of Prisons)
read Type Detailed "CDF" as: Contract detention facility
read Type Detailed "DIGSA" as: Place under an agreement, for ICE alone (DIGSA)
read Type Detailed "DOD" as: Military base
read Type Detailed "FAMILY" as: Family residential center
read Type Detailed "IGSA" as: Jail or center under an agreement (IGSA)
read Type Detailed "SPC" as: Service processing center of ICE
read Type Detailed "STAGING" as: Staging facility
read Type Detailed "STATE" as: State facility
read Type Detailed "USMS CDF" as: Contract facility of the Marshals
read Type Detailed "USMS IGA" as: Jail under an agreement with the Marshals
read Male/Female "Male" as: Men
read Male/Female "Female" as: Women
read Male/Female "Female/Male" as: Women and men
`

const ICE_PLACE = `
of: facilities
publisher: U.S. Immigration and Customs Enforcement (ICE)
address: https://www.ice.gov/detain/detention-management
licence: U.S. Government work, public domain
key: {Name}, {City}, {State}
name: {Name}
city: {City}
state: {State}
ZIP codes: Zip
capital letters: Name; Address; City
fact street_address as address: {Address} / {City}, {State} {Zip}
fact facility_type as text: {Type Detailed}
fact held_population as text: {Male/Female}
fact field_office as text: {AOR}
`

/** Mappings of lists that are known by their columns; whoever needs another writes a file of this form. */
const PRESETS: Record<string, string> = {
  "ddp-facilities": `
# Codes, names, addresses and places of everything ICE has held people in.
list: ddp-facilities
of: facilities
source page: ddp-facilities
title: Deportation Data Project: list of ICE facilities
publisher: Deportation Data Project
address: https://github.com/deportationdata/ice-detention-facilities
licence: CC0 1.0, as meant by the publisher; to be confirmed
about: Codes, names, addresses, map locations and field offices of places where ICE has held people, hold rooms and hospitals among them.
key: {detention_facility_code}
code: {detention_facility_code}
name: {name}
city: {city}
state: {state}
fact street_address as address: {address_full}
fact coordinates as text: {latitude}, {longitude}
fact field_office as text: {field_office}
`,

  "ice-fy25": `
# ICE's own yearly list, fiscal year 2025: averages of people held, inspections.
list: ice-fy25
source page: ice-detention-statistics-fy2025
title: ICE detention statistics, fiscal year 2025
as of: 2025
about: ICE's yearly list of the places where it holds people: type, field office, average numbers, length of stay, inspections.
${ICE_PLACE}
fact population as number "Average daily number of people" (fiscal year 2025): {Level A} + {Level B} + {Level C} + {Level D} people
fact length_of_stay as number (fiscal year 2025): {FY25 ALOS} days
fact capacity as number (guaranteed minimum, fiscal year 2025): {Guaranteed Minimum} people
breakdown criminality "By sex and conviction, average number" (fiscal year 2025): men with a conviction {Male Crim}; men without {Male Non-Crim}; women with a conviction {Female Crim}; women without {Female Non-Crim}
fact inspection as date "Last inspection in ICE's list": {Last Inspection End Date}
fact detention_standard as text: {Last Inspection Standard}
${AREAS}`,

  "ice-fy26": `
# ICE's own yearly list, fiscal year 2026, as published on 9 April 2026.
list: ice-fy26
follows: ice-fy25 ice-detention-statistics-fy2025
source page: ice-detention-statistics-fy2026
title: ICE detention statistics, fiscal year 2026
as of: 2026-04-02
about: ICE's yearly list of the places where it holds people, with data to 2 April 2026: type, field office, average numbers, length of stay, inspections.
${ICE_PLACE}
fact population as number "Average daily number of people" (fiscal year 2026): {FY26 ADP: Detainee Classification Level: Level A} + {FY26 ADP: Detainee Classification Level: Level B} + {FY26 ADP: Detainee Classification Level: Level C} + {FY26 ADP: Detainee Classification Level: Level D} people
fact length_of_stay as number (fiscal year 2026): {Facility Average Length of Stay: FY26 ALOS} days
fact capacity as number (guaranteed minimum): {Contract Facility Inspections Information: Guaranteed Minimum} people
breakdown criminality "By sex and conviction, average number" (fiscal year 2026): men with a conviction {FY26 ADP: Criminality: Male Crim}; men without {FY26 ADP: Criminality: Male Non-Crim}; women with a conviction {FY26 ADP: Criminality: Female Crim}; women without {FY26 ADP: Criminality: Female Non-Crim}
fact inspection as date "Last inspection in ICE's list": {Contract Facility Inspections Information: Last Inspection End Date}
fact detention_standard as text: {Contract Facility Inspections Information: Last Inspection Standard}
${AREAS}`,

  "ddp-population": `
# People held at midnight, by place and month.
list: ddp-population
of: population
source page: ddp-head-counts
title: Deportation Data Project: head counts at ICE facilities, by month
publisher: Deportation Data Project
address: https://github.com/deportationdata/ice
licence: CC0 1.0
about: Daily head counts of ICE's own records, given to the project under the Freedom of Information Act, joined to months here: the mean and the highest number of people held at midnight.
key: {detention_facility_code}
code: {detention_facility_code}
name: {detention_facility}
month: {month}
mean: {midnight_mean}
highest: {midnight_max}
days: {days}
`,
}

export const presetNames = Object.keys(PRESETS)

/** A mapping that is shipped, by its name; undefined when there is none. */
export function preset(name: string): Mapping | undefined {
  return Object.hasOwn(PRESETS, name) ? readMapping(PRESETS[name]!) : undefined
}

/** The shipped mapping whose columns the table has, all of them. */
export function presetFor(of: Mapping["of"], columns: readonly string[]): Mapping | undefined {
  return presetNames.map((name) => preset(name)!).find((mapping) => mapping.of === of && missingColumns(mapping, columns).length === 0)
}
