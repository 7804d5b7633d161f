// Searching 20,000 pages, the directory with its map and the first page, over HTTP as a reader meets them.
// PAGES=2000 npm run bench makes a smaller site.
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { busyOf, startSite } from "./site.mjs"

const PAGES = Number(process.env.PAGES ?? 20_000)
const FACILITIES = 900
const ROUNDS = 20
const PLACES = "Miami Baker Krome Adams Eloy Stewart Laredo Karnes Dilley Otay Mesa Pine Prairie Winn Jena Folkston Batavia Denver Aurora Tacoma Joliet".split(" ")
const KINDS = "Detention Center,County Jail,Processing Center,Hold Room,Correctional Facility,Medical Center".split(",")
const QUERIES = ["krome", "county jail", "baker processing", "adams deten", '"county jail" tacoma', "jail -county", "evreglades", "winm", "3055550199", "(305) 555-0107", "main street", "miami fl 33101", "zzzz", "dilley hold room", "c1234"]
const BEGINNINGS = ["kro", "ad", "pine p", "mia"]

/** Rows of the report: each figure is processor time of the server, since a shared machine's clock tells of its other guests; its clock stands beside. */
export async function finding(row) {
  const site = await startSite({ LIMITS: "off", STARTER: "off" })
  try {
    await fill(site, 0, FACILITIES)
    await site.command(["reindex"])
    const floor = await times(site, ["/healthz"], ROUNDS * 5)
    const tell = (what, found, target) => {
      row(`${what}, ms of the server's processor (95 of 100)`, at(found.busy, 0.95), target, `median ${fixed(at(found.busy, 0.5))}; on the clock ${fixed(at(found.clock, 0.95))}, median ${fixed(at(found.clock, 0.5))}`)
      row("the same / an answer of /healthz", at(found.busy, 0.5) / at(floor.busy, 0.5), "", "medians")
    }
    tell(`directory with map of ${FACILITIES} facilities, made anew for a filter`, await times(site, ["/facilities?q=a", "/facilities?office=Miami", "/facilities?q=jail"], ROUNDS), "< 50")
    tell("directory with map after somebody wrote something", await times(site, ["/facilities"], ROUNDS, () => writeSomething(site)), "< 50")
    tell("directory with map, kept", await times(site, ["/facilities"], ROUNDS * 5), "< 50")
    tell("first page when nothing changed", await times(site, ["/"], ROUNDS * 5), "< 20")
    await fill(site, FACILITIES, PAGES)
    await site.command(["reindex"])
    const asked = (path, texts) => texts.map((text) => `${path}?q=${encodeURIComponent(text)}`)
    tell(`search over ${PAGES.toLocaleString("en-US")} pages`, await times(site, asked("/search", QUERIES), ROUNDS), "< 20")
    tell("suggestions over the same", await times(site, asked("/search/suggestions", BEGINNINGS), ROUNDS), "< 20")
  } finally {
    await site.stop()
    site.remove()
  }
}

/** Facilities from one number to another, through the import that operators use. */
async function fill(site, from, to) {
  const rows = Array.from({ length: to - from }, (_, index) => rowOf(from + index))
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

/** A guest's comment: it waits, and all that is kept of lists has to be made anew. */
async function writeSomething({ base }) {
  const body = new URLSearchParams({ name: "Ann", body: `It rang at ${performance.now()}.` })
  const answer = await fetch(`${base}/wiki/bench-list/comments`, { method: "POST", body })
  await answer.arrayBuffer()
  if (!answer.ok) throw new Error(`A comment: ${answer.status}`)
}

/** Milliseconds of each request, one after the other, each after `before`; the first round warms up and is not counted. */
async function times({ base, pid }, paths, rounds, before = async () => {}) {
  const found = { busy: [], clock: [] }
  for (let round = 0; round <= rounds; round++) {
    for (const path of paths) {
      await before()
      const [started, busy] = [performance.now(), busyOf(pid)]
      const answer = await fetch(base + path)
      await answer.arrayBuffer()
      if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
      const clock = performance.now() - started
      if (round === 0) continue
      found.clock.push(clock)
      // Where the system does not tell, the clock has to do.
      found.busy.push(busy === null ? clock : busyOf(pid) - busy)
    }
  }
  return { busy: sorted(found.busy), clock: sorted(found.clock) }
}

function sorted(numbers) {
  return numbers.sort((one, other) => one - other)
}

function at(numbers, part) {
  return numbers[Math.min(numbers.length - 1, Math.floor(part * numbers.length))]
}

function fixed(number) {
  return number.toFixed(1)
}
