// Searching 20,000 pages, and the directory with its map, over HTTP as a reader meets them. Build first: npm run bench builds.
// PAGES=2000 node tests/bench/finding.mjs makes a smaller site.
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { startSite } from "./site.mjs"

const PAGES = Number(process.env.PAGES ?? 20_000)
const FACILITIES = 900
const ROUNDS = 20
const PLACES = "Miami Baker Krome Adams Eloy Stewart Laredo Karnes Dilley Otay Mesa Pine Prairie Winn Jena Folkston Batavia Denver Aurora Tacoma Joliet".split(" ")
const KINDS = "Detention Center,County Jail,Processing Center,Hold Room,Correctional Facility,Medical Center".split(",")
const QUERIES = ["krome", "county jail", "baker processing", "adams deten", '"county jail" tacoma', "jail -county", "evreglades", "winm", "3055550199", "(305) 555-0107", "main street", "miami fl 33101", "zzzz", "dilley hold room", "c1234"]

const site = await startSite({ LIMITS: "off", STARTER: "off" })
try {
  await fill(0, FACILITIES)
  await site.command(["reindex"])
  const floor = await times(["/healthz"], ROUNDS * 5)
  report("answer of /healthz, the floor", floor, "")
  report(`directory with map, ${FACILITIES} facilities, made anew for a filter`, await times(["/facilities?q=a", "/facilities?office=Miami", "/facilities?q=jail"], ROUNDS), "p95 < 50", floor)
  report("directory with map, kept", await times(["/facilities"], ROUNDS * 5), "p95 < 50", floor)
  report("first page, nothing changed", await times(["/"], ROUNDS * 5), "p95 < 20", floor)
  await fill(FACILITIES, PAGES)
  await site.command(["reindex"])
  report(`search over ${PAGES.toLocaleString("en")} pages`, await times(QUERIES.map((text) => `/search?q=${encodeURIComponent(text)}`), ROUNDS), "p95 < 20", floor)
  report("suggestions over the same", await times(["kro", "ad", "pine p", "mia"].map((text) => `/search/suggestions?q=${encodeURIComponent(text)}`), ROUNDS), "p95 < 20", floor)
} finally {
  await site.stop()
  site.remove()
}

/** Facilities from one number to another, through the import that operators use. */
async function fill(from, to) {
  const rows = Array.from({ length: to - from }, (_, at) => rowOf(from + at))
  const [list, mapping] = [join(site.dataDir, `bench-${from}.csv`), join(site.dataDir, "bench.txt")]
  writeFileSync(list, ["code,name,street,city,phone,lat,lon,office,held", ...rows].join("\n"))
  writeFileSync(mapping, [
    "list: bench", "source page: bench-list", "title: Bench list", "code: {code}", "name: {name}", "city: {city}", "state: FL",
    "fact street_address: {street} / {city}, FL 33101", "fact phone: {phone}", "fact coordinates: {lat}, {lon}", "fact field_office as text: {office}",
    "fact population: {held} people",
  ].join("\n"))
  await site.command(["import", "facilities", list, "--mapping", mapping])
}

function rowOf(number) {
  const place = PLACES[number % PLACES.length]
  const name = `${place} ${KINDS[(number * 7) % KINDS.length]} ${number}`
  const phone = `305555${String(100 + (number % 100)).padStart(4, "0")}`
  const where = [25 + ((number * 37) % 2_300) / 100, -(70 + ((number * 53) % 5_000) / 100)]
  return [`C${number}`, name, `${number} Main Street near the Everglades`, place, phone, ...where, PLACES[(number * 3) % 7], number % 1_900].join(",")
}

/** Milliseconds of each request, one after the other; the first round warms up and is not counted. */
async function times(paths, rounds) {
  const taken = []
  for (let round = 0; round <= rounds; round++) {
    for (const path of paths) {
      const started = performance.now()
      const answer = await fetch(site.base + path)
      await answer.arrayBuffer()
      if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
      if (round > 0) taken.push(performance.now() - started)
    }
  }
  return taken.sort((one, other) => one - other)
}

function report(what, taken, target, floor) {
  const at = (part) => taken[Math.min(taken.length - 1, Math.floor(part * taken.length))]
  const ratio = floor ? `, ${(at(0.95) / floor[Math.floor(0.95 * floor.length)]).toFixed(1)} times the floor` : ""
  console.log(`${at(0.95).toFixed(1).padStart(7)} ms p95  ${target.padEnd(9)} ${what} (median ${at(0.5).toFixed(1)} ms${ratio})`)
}
