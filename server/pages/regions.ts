/** The states, the district and the territories, by their postal codes. */
export const regions: Record<string, string> = {
  AL: "Alabama", AK: "Alaska", AZ: "Arizona", AR: "Arkansas", CA: "California", CO: "Colorado", CT: "Connecticut",
  DE: "Delaware", DC: "District of Columbia", FL: "Florida", GA: "Georgia", HI: "Hawaii", ID: "Idaho", IL: "Illinois",
  IN: "Indiana", IA: "Iowa", KS: "Kansas", KY: "Kentucky", LA: "Louisiana", ME: "Maine", MD: "Maryland",
  MA: "Massachusetts", MI: "Michigan", MN: "Minnesota", MS: "Mississippi", MO: "Missouri", MT: "Montana",
  NE: "Nebraska", NV: "Nevada", NH: "New Hampshire", NJ: "New Jersey", NM: "New Mexico", NY: "New York",
  NC: "North Carolina", ND: "North Dakota", OH: "Ohio", OK: "Oklahoma", OR: "Oregon", PA: "Pennsylvania",
  RI: "Rhode Island", SC: "South Carolina", SD: "South Dakota", TN: "Tennessee", TX: "Texas", UT: "Utah",
  VT: "Vermont", VA: "Virginia", WA: "Washington", WV: "West Virginia", WI: "Wisconsin", WY: "Wyoming",
  AS: "American Samoa", GU: "Guam", MP: "Northern Mariana Islands", PR: "Puerto Rico", VI: "U.S. Virgin Islands",
}

const byName = new Map(Object.entries(regions).map(([code, name]) => [name.toLowerCase(), code]))

/** The code of the state before the ZIP code of an address, given as a code or a name; null when there is none. */
export function regionCode(address: string): string | null {
  const found = /,\s*([A-Za-z][A-Za-z. ]{1,30}?)\s+\d{5}(?:-\d{4})?\b/g
  let region: string | null = null
  for (const [, name = ""] of address.matchAll(found)) {
    const code = name.toUpperCase() in regions ? name.toUpperCase() : byName.get(name.toLowerCase())
    region = code ?? region
  }
  return region
}
