import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { placed } from "../../../server/directory/boundaries.ts"
import { readPlace } from "../../../server/directory/model.ts"
import { recordChecks } from "../../../server/facts/checks/actions.ts"
import { createPage, renamePage, savePage, setPageDeleted } from "../../../server/pages/actions.ts"
import type { User } from "../../../server/web/viewer.ts"
import { doc, fact, h2, p, sheet } from "../../helpers/documents.ts"
import { openTestSite, type TestSite } from "../../helpers/site.ts"

let site: TestSite
let editor: User

beforeAll(async () => {
  site = await openTestSite()
  editor = await site.user("Ada")
  await facility("Krome", "25.7541, -80.4891", [fact({ key: "population", type: "number", value: "860 people", asOf: "2026-04" }), fact({ key: "phone", type: "phone", value: "+13052072001", checked: "2026-11-20" })])
  await facility("Miami Jail", "25.7617, -80.1918", [fact({ key: "facility_type", value: "Jail" }), fact({ key: "field_office", type: "text", value: "Miami" }), fact({ key: "operator", value: "Miami-Dade" })])
  await facility("Broward", "26.1224, -80.1373")
  await facility("Seattle", "47.6, -122.3")
  await facility("Saipan", "15.15, 145.7")
  await facility("Nowhere", "somewhere in Texas")
})
afterAll(() => site.close())

async function facility(title: string, coordinates: string, more: ReturnType<typeof fact>[] = [], blocks: ReturnType<typeof p>[] = []) {
  const document = doc(p(`${title}.`), ...blocks, sheet([fact({ key: "coordinates", value: coordinates }), ...more])).toJSON()
  await createPage(site.ctx, editor, { title, kind: "facility", document })
}

const get = async (url: string) => (await site.app.inject(url)).body
const rows = (html: string) => [...html.matchAll(/<th scope="row"><a href="\/wiki\/([^"]+)">/g)].map(([, slug]) => slug)

describe("the map", () => {
  it("has a dot for each place that is on it, by people held and by the last check, in words too", async () => {
    const html = await get("/facilities")
    expect([...html.matchAll(/<circle class="dot (\w+)" cx="\d+" cy="\d+" r="([\d.]+)"><title>([^<]*)/g)].map(([, state, radius, title]) => [state, radius, title])).toEqual([
      ["recent", "10.9", "Krome: 860 people held: checked 3 days ago"],
      ["never", "2.5", "Broward: never checked"],
      ["never", "2.5", "Miami Jail: never checked"],
      ["never", "2.5", "Seattle: never checked"],
    ])
    expect(html).toContain("2 of these places are not on the map")
    expect(html).toContain('<span class="freshness recent">checked 3 days ago</span>')
    expect(html).not.toContain("style=")
  })

  it("is small on the first page, and leads to the directory", async () => {
    expect(await get("/")).toMatch(/<a class="home-map" href="\/facilities"[^>]*><svg class="us-map small"[^]*<path class="dots recent size-11"/)
  })

  it("shows what the filters want", async () => {
    for (const query of ["type=jail", "office=miami", "operator=miami-dade"]) expect(rows(await get(`/facilities?${query}`)), query).toEqual(["miami-jail"])
    expect(await get("/facilities?type=jail")).toContain("Map of the United States with 1 facilities")
    expect(rows(await get("/facilities?type=jail&office=boston"))).toEqual([])
  })

  it("knows places from two numbers alone", () => {
    expect(readPlace("25.75, -80.49")).toEqual({ latitude: 25.75, longitude: -80.49 })
    for (const odd of ["", "25.75", "91, 0", "0, 181", "a, b", "1,2,3"]) expect(readPlace(odd), odd).toBeNull()
    expect(placed({ latitude: 15, longitude: 145 })).toBeNull()
    expect(placed({ latitude: 61, longitude: -150 })).not.toBeNull()
  })
})

describe("what the directory remembers", () => {
  const line = async (slug: string) => new RegExp(`<a href="/wiki/${slug}">[^]*?</tr>`).exec(await get("/facilities"))?.[0] ?? ""

  it("follows what changes of one facility, and leaves the others as they were", async () => {
    await facility("Glades", "26.8, -81.1", [fact({ id: "gp", key: "phone", type: "phone", value: "+13052072003" })])
    expect(await line("glades")).toContain("never checked")
    await recordChecks(site.ctx, { viewer: editor, run: null }, { slug: "glades", method: "called", checks: [{ factId: "gp", result: "confirmed", seen: "" }] })
    expect(await line("glades")).toContain("checked today")
    await savePage(site.ctx, editor, { slug: "glades", base: 1, title: "Glades County Jail", document: doc(sheet(fact({ key: "status", value: "Closed" }))).toJSON() })
    expect(await line("glades")).toMatch(/Glades County Jail[^]*Closed/)
    expect(await line("krome")).toContain("860 people")
    site.pass(86_400_000)
    expect(await line("krome")).toContain("checked 4 days ago")
    await setPageDeleted(site.ctx, await site.user("Moe", "moderator"), { slug: "glades", deleted: true })
    expect(await line("glades")).toBe("")
  })
})

describe("nearby facilities", () => {
  const near = (html: string) => [...(/id="nearby-facilities"[^]*?<\/section>/.exec(html)?.[0] ?? "").matchAll(/<a href="\/wiki\/([^"]+)">/g)].map(([, slug]) => slug)

  it("are the nearest, with their distance, and none that is far", async () => {
    const html = await get("/wiki/krome")
    expect(near(html)).toEqual(["miami-jail", "broward"])
    expect(html).toContain('<span class="muted">19 miles</span>')
    expect(near(await get("/wiki/seattle"))).toEqual([])
  })

  it("give way to those that people name, in a fact or under a heading", async () => {
    await facility("Told", "25.75, -80.4", [fact({ key: "nearby", type: "text", value: "Krome" })])
    await facility("Written", "25.75, -80.3", [], [h2("Nearby centers")])
    expect(near(await get("/wiki/told"))).toEqual([])
    expect(near(await get("/wiki/written"))).toEqual([])
  })

  it("change when one of them is renamed or deleted", async () => {
    await get("/wiki/broward")
    await renamePage(site.ctx, editor, { slug: "miami-jail", newSlug: "miami-dade-jail" })
    expect(near(await get("/wiki/broward"))).toContain("miami-dade-jail")
    await setPageDeleted(site.ctx, await site.user("Mo", "moderator"), { slug: "miami-dade-jail", deleted: true })
    expect(near(await get("/wiki/broward"))).not.toContain("miami-dade-jail")
  })
})
