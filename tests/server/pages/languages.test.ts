import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { readingLanguages, say, sayHours } from "../../../editor/document/index.ts"
import { recordChecks } from "../../../server/facts/checks/actions.ts"
import { renamePage, savePage } from "../../../server/pages/actions.ts"
import type { User } from "../../../server/web/viewer.ts"
import { doc, fact, h2, p, sheet } from "../../helpers/documents.ts"
import { openTestSite, type TestSite } from "../../helpers/site.ts"

let site: TestSite
let editor: User
const phone = fact({ id: "f1", key: "phone", label: "Main line", type: "phone", value: "+13052072001;ext=4", checked: "2026-11-11", asOf: "2024-01" })
const rows = [
  phone,
  fact({ id: "f2", key: "visiting_hours", type: "hours", value: "Mo-Fr 08:00-12:00; Sa,Su closed" }),
  fact({ id: "f3", key: "send_money", state: "unknown" }),
  fact({ id: "f4", key: "bond_posting", value: "At the gate", rank: "deprecated" }),
  fact({ id: "f5", key: "phone_menu", type: "menu", value: "call +13052072001; press 2 (es): Para español; wait" }),
  fact({ id: "f6", label: "Parking", value: "In front" }),
]

beforeAll(async () => {
  site = await openTestSite()
  editor = await site.user("Ada", "moderator")
  const document = doc(h2({ id: "seeing" }, "Seeing a person"), p("Bring a passport."), sheet(rows)).toJSON()
  await site.page(editor, { title: "Krome", markdown: undefined, document })
})
afterAll(() => site.close())

const get = async (path: string) => (await site.app.inject(path)).body

describe("a page in another language", () => {
  it("names what its facts are and says how far to trust them, each part in its language, values as they stand", async () => {
    const html = await get("/wiki/krome?lang=es")
    expect(html).toContain('<dt><span lang="es">Número de teléfono</span> <span class="qualifier">Main line</span></dt>')
    expect(html).toContain('lang="es"><time datetime="2026-11-11">verificado hace 12 días</time></span>')
    expect(html).toContain('lang="es">dato de <time datetime="2024-01">enero de 2024</time>')
    expect(html).toContain('<tr><th scope="row">Lunes a viernes</th><td>8:00 am – mediodía</td></tr><tr><th scope="row">Sábado y domingo</th><td>cerrado</td>')
    expect(html).toContain('<span class="value no-value" lang="es">Se desconoce</span>')
    expect(html).toContain('<strong class="warning" lang="es">Desactualizado: no se fíe de esto</strong>')
    expect(html).toContain('<li>Oprima <b>2</b> para español, oirá <q lang="es">Para español</q></li><li>Espere</li>')
    expect(html).toContain("<dt>Parking</dt>")
    expect(html).toMatch(/<html lang="en">[^]*Bring a passport\./)
    expect(html).toContain("¿Sigue correcto?")
  })

  it("says in Creole, too, that no native reader has looked, and that nothing is legal advice", async () => {
    const html = await get("/wiki/krome?lang=ht")
    expect(html).toMatch(/<p class="hint" lang="ht">[^<]*poko verifye mo sa yo\. Sa a se pa konsèy legal\.<\/p>/)
    expect(html).toContain("verifye sa gen 12 jou")
    expect(html).toContain("<span>pa janm verifye</span>")
  })

  it("leads to the others near its name, and tells search engines which is which", async () => {
    const html = await get("/wiki/krome?lang=es")
    expect(html).toMatch(/<h1>Krome<\/h1><nav class="tabs"[^]*?<\/nav><nav class="languages"[^>]*><a href="\/wiki\/krome" hreflang="en" lang="en">English<\/a><a href="\/wiki\/krome\?lang=es" hreflang="es" lang="es" aria-current="true">/)
    expect(html).toContain('<link rel="canonical" href="http://localhost:3000/wiki/krome?lang=es"/>')
    for (const [tag, end] of [["en", ""], ["es", "?lang=es"], ["ht", "?lang=ht"], ["x-default", ""]]) {
      expect(html).toContain(`<link rel="alternate" hreflang="${tag}" href="http://localhost:3000/wiki/krome${end}"/>`)
    }
  })

  it("is the English one where nobody knows the language, or the page has no facts", async () => {
    const plain = await get("/wiki/krome")
    for (const query of ["?lang=fr", "?lang=", "?lang=en", "?lang=es'--", "?lang[]=es"]) expect(await get(`/wiki/krome${query}`), query).toBe(plain)
    expect(await get("/wiki/krome?lang=es&lang=fr")).toBe(await get("/wiki/krome?lang=es"))
    await site.page(editor, { title: "Words", kind: "article", markdown: "Words alone." })
    expect(await get("/wiki/words?lang=es")).toBe(await get("/wiki/words"))
    expect(await get("/wiki/words")).not.toContain("hreflang")
  })

  it("is kept for itself, changes with the page and its checks, and moves with its address", async () => {
    const answers = async () => Promise.all(readingLanguages.map((one) => site.app.inject(`/wiki/krome?lang=${one}`)))
    const tags = (await answers()).map(({ headers }) => headers.etag)
    expect(new Set(tags).size).toBe(3)
    expect((await answers()).map(({ headers }) => headers.etag)).toEqual(tags)
    await recordChecks(site.ctx, { viewer: editor, run: null }, { slug: "krome", method: "called", checks: [{ factId: "f1", result: "wrong", seen: "" }] })
    expect(await get("/wiki/krome?lang=es")).toContain("En noviembre de 2026 avisaron que es incorrecto. Llame antes de fiarse de esto.")
    expect(await get("/wiki/krome?lang=ht")).toContain("<span>yo di li pa bon</span>")
    await savePage(site.ctx, editor, { slug: "krome", base: 1, document: doc(sheet(fact({ ...phone.attrs, value: "+13052072002" }))).toJSON() })
    expect(await get("/wiki/krome?lang=es")).toContain("(305) 207-2002")
    await renamePage(site.ctx, editor, { slug: "krome", newSlug: "krome-north" })
    expect((await site.app.inject("/wiki/krome?lang=es")).headers.location).toBe("/wiki/krome-north?lang=es")
  })

  it("puts what goes in where its words want it", () => {
    expect(sayHours("ht", "daysFromTo", "lendi", "madi")).toBe("lendi rive madi")
    expect(sayHours("es", "opensNext", "mañana", "8:00 am")).toBe(" Próximo horario: mañana, desde: 8:00 am.")
    expect(say("en", "checkedAgo", "{} days")).toBe("checked {} days ago")
  })
})

describe("the three acts at the top of a facility's page", () => {
  it("call the number, lead to where visits are told of, and to the agency's locator", async () => {
    const facts = [phone, fact({ id: "v", key: "street_address", type: "address", value: "1 Road" }), fact({ id: "l", key: "locator", type: "link", value: "https://locator.ice.gov/odls Find a person" })]
    await site.page(editor, { title: "Baker", markdown: undefined, document: doc(h2({ id: "top" }, "Seeing a person"), sheet(facts)).toJSON() })
    const html = await get("/wiki/baker")
    const acts = /<nav class="top-actions"[^>]*>(.*?)<\/nav>/.exec(html)![1]!
    expect(acts).toContain('<a href="tel:+13052072001,4"><b>Call</b> <span>(305) 207-2001 ext. 4</span> <span>checked 12 days ago</span></a>')
    expect(acts).toContain('<a href="#b-top"><b>Visit</b> <span>ask for the hours</span></a>')
    expect(acts).toContain('<a href="https://locator.ice.gov/odls" rel="noopener noreferrer"><b>Find someone</b>')
  })

  it("say what is not known, and never offer a number that is out of date or a locator that is not official", async () => {
    const paid = fact({ id: "l", key: "locator", type: "link", value: "https://locator.ice.gov.example/ Find anybody" })
    await site.page(editor, { title: "Hold room", markdown: undefined, document: doc(sheet(fact({ ...phone.attrs, rank: "deprecated" }), paid)).toJSON() })
    const html = await get("/wiki/hold-room")
    expect(html).toContain('<span class="no-action"><b>Call</b> <span>number not known</span></span><span class="no-action"><b>Visit</b>')
    expect(html).toContain('<a href="https://locator.ice.gov/" rel="noopener noreferrer"><b>Find someone</b>')
    expect(await get("/wiki/words")).not.toContain("top-actions")
  })
})
