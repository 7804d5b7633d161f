import { it } from "vitest"
import fc from "fast-check"
import { readFileSync } from "node:fs"
import { parsePage, parseComment, InvalidDocument, toHtml, splitBlocks, joinBlocks, toText, documentHash, pageSchema } from "/work/main/editor/document/index.ts"
import { anyPage } from "/work/main/tests/helpers/documents.ts"
const C = "/work/shared/corpora/"
const time = (f: () => unknown) => { const t = performance.now(); let r: any; try { r = f() } catch (e: any) { if (!(e instanceof InvalidDocument)) throw e; r = e.message.slice(0, 120) } return [(performance.now() - t).toFixed(1) + "ms", typeof r === "string" ? r : "OK"] }
it("pages", () => { fc.assert(fc.property(anyPage(), (d) => { const q = parsePage(d.toJSON()); if (!q.eq(d)) throw new Error(JSON.stringify(d.toJSON()) + "\n" + JSON.stringify(q.toJSON())); parsePage(JSON.parse(JSON.stringify({type:"doc",content:splitBlocks(d).map(b=>JSON.parse(b.body))}))) }), { numRuns: 500 }) })
it("json-testsuite", () => {
  let n = 0
  for (const c of JSON.parse(readFileSync(C + "json-testsuite/cases.json", "utf8"))) {
    let j: unknown; try { j = JSON.parse(Buffer.from(c.base64, "base64").toString()) } catch { continue }
    n++; const [t, r] = time(() => parsePage(j)); if (r === "OK" || parseFloat(t!) > 20) console.log(c.id, t, r)
  }
  console.log("testsuite parsed", n)
})
it("proto", () => {
  for (const c of JSON.parse(readFileSync(C + "json-prototype-pollution/cases.json", "utf8"))) {
    let j: unknown; try { j = JSON.parse(c.input) } catch { continue }
    for (const d of [j, { type: "doc", content: [{ type: "paragraph", attrs: j }] }, { type: "doc", attrs: j, content: [{ type: "paragraph" }] }]) { const [, r] = time(() => parsePage(d)); if (r === "OK") console.log("ACCEPTED", JSON.stringify(d)) }
  }
  if (({} as any).x !== undefined) throw new Error("polluted")
})
it("pm docs", () => {
  const map: Record<string, string> = { horizontal_rule: "divider", code_block: "paragraph" }
  const conv = (n: any): any => { if (!n || typeof n !== "object") return n; const o: any = { ...n, type: map[n.type] ?? n.type }
    if (o.attrs) { o.attrs = { ...o.attrs }; if (n.type === "ordered_list") { o.attrs = { start: o.attrs.order ?? 1 } } else if (n.type === "bullet_list" || n.type==="code_block") delete o.attrs; if (n.type === "heading") o.attrs.level = Math.min(4, Math.max(2, o.attrs.level)) }
    if (o.content) o.content = o.content.map(conv); return o }
  const why: Record<string, number> = {}; let ok = 0, total = 0
  for (const c of JSON.parse(readFileSync(C + "prosemirror-docs/cases.json", "utf8"))) {
    total++
    for (const d of [c.doc, conv(c.doc)]) {
    const [t, r] = time(() => { const n = parsePage(d); const again = parsePage(n.toJSON()); if (!again.eq(n)) throw new Error("unstable"); toHtml(n); if (!joinBlocks(splitBlocks(n).map(b => b.body)).eq(n)) throw new Error("split"); return n })
    if (parseFloat(t!) > 30) console.log("SLOW", c.id, t)
    if (d !== c.doc) { if (r === "OK") ok++; else { const k = r!.replace(/\[\d+\]/g, "[]").replace(/(content\[\]\.?)+/, ""); why[k] = (why[k] ?? 0) + 1 } }
    }
  }
  console.log(ok, "of", total, Object.entries(why).sort((a, b) => b[1] - a[1]).slice(0, 25))
})
it("hostile", () => {
  let deep: any = []; for (let i = 0; i < 100000; i++) deep = [deep]
  let deepList: any = { type: "paragraph" }; for (let i = 0; i < 100000; i++) deepList = { type: "bullet_list", content: [{ type: "list_item", content: [{ type: "paragraph" }, deepList] }] }
  const big = "x".repeat(1_000_000)
  const d = (...content: any[]) => ({ type: "doc", content })
  const cases: Record<string, unknown> = {
    deep, deepDoc: d(deep), deepList: d(deepList), deepAttr: d({ type: "paragraph", attrs: { id: deep } }), deepSources: d({ type: "fact_sheet", content: [{ type: "fact", attrs: { label: "x", sources: deep } }] }),
    million: d(...Array.from({ length: 60000 }, () => ({ type: "paragraph" }))), many: d(...Array.from({ length: 50000 }, () => ({ type: "paragraph" }))),
    bigText: d({ type: "paragraph", content: [{ type: "text", text: big }] }), zalgo: d({ type: "paragraph", content: [{ type: "text", text: "a" + "\u0301".repeat(1_000_000) }] }), zalgo2: d({ type: "paragraph", content: [{ type: "text", text: "\u0f71\u0f72\u0f74".repeat(333_000) }] }),
    bigType: { type: big }, bigKey: { type: "doc", [big]: 1 }, keys: d({ type: "paragraph", attrs: Object.fromEntries(Array.from({ length: 100000 }, (_, i) => ["k" + i, 1])) }),
    hrefs: d({ type: "paragraph", content: Array.from({ length: 20000 }, (_, i) => ({ type: "text", text: "a", marks: [{ type: "link", attrs: { href: "https://" + i + ".example/" } }] })) }),
    hrefBig: d({ type: "paragraph", content: [{ type: "text", text: "a", marks: [{ type: "link", attrs: { href: "https://" + big } }] }] }),
    hours: d({ type: "fact_sheet", content: Array.from({ length: 500 }, () => ({ type: "fact", attrs: { label: "x", type: "hours", value: "Mo 08:00-09:00; ".repeat(120) + "Tu" } })) }),
    hours2: d({ type: "fact_sheet", content: Array.from({ length: 500 }, () => ({ type: "fact", attrs: { label: "x", type: "hours", value: Array(35).fill("Mo 08:00-09:00 (some unit of the house)").join("; ") } })) }),
    phones: d({ type: "fact_sheet", content: Array.from({ length: 10000 }, () => ({ type: "fact", attrs: { label: "x", type: "phone", value: "+13052072001" } })) }),
    moneys: d({ type: "fact_sheet", content: Array.from({ length: 10000 }, () => ({ type: "fact", attrs: { label: "x", type: "money", value: "15 USD" } })) }),
    marks: d({ type: "paragraph", content: [{ type: "text", text: "a", marks: Array.from({ length: 100000 }, () => ({ type: "strong" })) }] }),
    texts: d({ type: "paragraph", content: Array.from({ length: 59000 }, () => ({ type: "text", text: "a" })) }),
    alternating: d({ type: "paragraph", content: Array.from({ length: 59000 }, (_, i) => ({ type: "text", text: "a", marks: i % 2 ? [{ type: "strong" }] : [] })) }),
    nulls: d(null), num: 5, undef: undefined, ctrl: d({ type: "paragraph", content: [{ type: "text", text: "a\u0000" }] }), sur: d({ type: "paragraph", content: [{ type: "text", text: "a\ud800" }] }), bidi: d({ type: "paragraph", content: [{ type: "text", text: "a\u202e" }] }),
    js: d({ type: "paragraph", content: [{ type: "text", text: "a", marks: [{ type: "link", attrs: { href: "java\tscript:alert(1)" } }] }] }),
    proto: JSON.parse('{"type":"doc","content":[{"type":"paragraph","attrs":{"__proto__":{"id":"x"}}}]}'), ctor: { type: "constructor" }, protoType: { type: "__proto__" }, noMarkHref: d({ type: "paragraph", content: [{ type: "text", text: "a", marks: [{ type: "link" }] }] }),
  }
  for (const [k, v] of Object.entries(cases)) console.log(k, ...time(() => { const n = parsePage(v); const t = performance.now(); toHtml(n); const t2 = performance.now(); splitBlocks(n); console.log("   html", (t2 - t).toFixed(1), "split", (performance.now() - t2).toFixed(1)); return n }))
})
