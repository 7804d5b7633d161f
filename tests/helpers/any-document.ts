import fc from "fast-check"
import type { Attrs, Mark, Node } from "prosemirror-model"
import { type Citation, ensureIds, type FactAttrs, pageSchema } from "../../editor/document/index.ts"

// Arbitrary pages with every node and mark of the schema, all of them as `parsePage` would admit and return them.

const { nodes } = pageSchema

// Words that look like markup somewhere, other scripts, and what has to be kept apart or together.
const words = [
  "visit", "call", "the", "front", "desk", "(305)", "207-2001", "8am-10:30am", "don’t", "<b>", "&amp;", '"quoted"',
  "'s", "*star*", "_under_", "`tick`", "[x](y)", "#", "1.", "-", "|", "\\", "~", "café", "naïve", "año", "אבג", "مرحبا",
  "日本", "👍🏽", "👨‍👩‍👧", "\u00a0", "…", "A-number", "$5,000",
]

const line = fc
  .array(fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...words) }, fc.string({ unit: "grapheme", maxLength: 8 })), {
    minLength: 1,
    maxLength: 8,
  })
  .map((parts) => parts.join(" ").normalize("NFC"))
  .filter((text) => !/[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069\ufffe\uffff]/u.test(text) && text.length > 0)

const trimmed = line.map((text) => text.replace(/\s+/g, " ").trim()).filter((text) => text.length > 0)

const citation: fc.Arbitrary<Citation> = fc
  .record({
    source: fc.constantFrom("", "krome-recommendations-2023", "https://www.example.org/list?a=1&b=2#page=3"),
    title: fc.oneof(fc.constant(""), trimmed),
    locator: fc.constantFrom("", "p. 4", "§ 2"),
    quote: fc.oneof(fc.constant(""), trimmed),
  })
  .map((given) => (given.source || given.title ? given : { ...given, title: "A letter" }))

const href = fc.constantFrom(
  "/wiki/krome-detention-center", "/wiki/caf%C3%A9#b-visits", "#b-visits", "https://www.example.org/a?b=c&d=%22",
  "http://example.org/", "mailto:desk@example.org", "tel:+13052072001",
)

const marks: fc.Arbitrary<readonly Mark[]> = fc
  .record(
    {
      link: href.map((href) => pageSchema.mark("link", { href })),
      strong: fc.constant(pageSchema.mark("strong")),
      em: fc.constant(pageSchema.mark("em")),
      code: fc.constant(pageSchema.mark("code")),
      lang: fc.constantFrom("es", "ht", "ar", "zh-Hant").map((lang) => pageSchema.mark("lang", { lang })),
    },
    { requiredKeys: [] },
  )
  .map((chosen) => Object.values(chosen).reduce((set: readonly Mark[], mark) => mark.addToSet(set), []))

const sometimes = fc.oneof(
  { weight: 3, arbitrary: fc.constant([] as readonly Mark[]) },
  { weight: 1, arbitrary: marks },
)

const inline: fc.Arbitrary<Node> = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(line, sometimes).map(([text, set]) => pageSchema.text(text, set)) },
  { weight: 1, arbitrary: sometimes.map((set) => nodes.hard_break.create(null, null, set)) },
  {
    weight: 1,
    arbitrary: fc.tuple(citation, sometimes).map(([attrs, set]) => nodes.citation.create(attrs, null, set)),
  },
)
const inlines = fc.array(inline, { maxLength: 5 })

/** One canonical value of each type and some of its variants. */
const typed: fc.Arbitrary<Pick<FactAttrs, "key" | "label" | "type" | "value">> = fc.oneof(
  fc.constantFrom(
    { key: "phone", label: "", type: "phone" as const, value: "+13052072001" },
    { key: "phone", label: "Front desk", type: "phone" as const, value: "+13052072001;ext=12" },
    { key: "street_address", label: "", type: "address" as const, value: "18201 SW 12th Street\nMiami, Florida 33194" },
    { key: "visiting_hours", label: "", type: "hours" as const, value: "Sa,Su 08:00-10:30,13:00-15:30" },
    { key: "visiting_hours", label: "", type: "hours" as const, value: "Sa 08:00-10:30 (A-L); Su 08:00-10:30 (M-Z)" },
    { key: "contract", label: "", type: "money" as const, value: "685400000 USD" },
    { key: "", label: "Postage", type: "money" as const, value: "0.73 USD" },
    { key: "timeline", label: "", type: "date" as const, value: "2023-08-23" },
    { key: "timeline", label: "", type: "date" as const, value: "~2012" },
    { key: "population", label: "", type: "number" as const, value: "1943 people" },
    { key: "length_of_stay", label: "", type: "number" as const, value: "30-90 days" },
    { key: "judges", label: "", type: "person" as const, value: "Rex J. Ford" },
    { key: "locator", label: "", type: "link" as const, value: "https://locator.example.gov/ Find a person" },
  ),
  trimmed.map((value) => ({ key: "send_money", label: "", type: "text" as const, value })),
  trimmed.map((value) => ({ key: "", label: "Something else", type: "text" as const, value })),
)

const factAttrs: fc.Arbitrary<Attrs> = fc
  .tuple(
    typed,
    fc.record({
      qualifier: fc.constantFrom("", "main line", "with tents"),
      state: fc.constantFrom("known", "known", "known", "unknown", "withheld", "not_applicable", "none"),
      rank: fc.constantFrom("normal", "preferred", "deprecated"),
      asOf: fc.constantFrom("", "2023-08-23", "2012-05", "~2012"),
      checked: fc.constantFrom("", "2026-08-11", "2026-08", "2019"),
      sources: fc.array(citation, { maxLength: 2 }),
    }),
  )
  .map(([what, known]) => ({ ...what, ...known, value: known.state === "known" ? what.value : "" }))

/** A fact without an id, in any state, with or without a note. */
export const anyFact: fc.Arbitrary<Node> = fc
  .tuple(factAttrs, inlines)
  .map(([attrs, content]) => nodes.fact.create(attrs, content))

const paragraph = inlines.map((content) => nodes.paragraph.create(null, content))

const { list } = fc.letrec<{ list: Node; item: Node }>((tie) => ({
  item: fc
    .tuple(
      paragraph,
      fc.array(fc.oneof({ maxDepth: 3, depthIdentifier: "list" }, paragraph, tie("list")), { maxLength: 2 }),
    )
    .map(([first, rest]) => nodes.list_item.create(null, [first, ...rest])),
  list: fc
    .tuple(fc.constantFrom(null, 1, 5), fc.array(tie("item"), { minLength: 1, maxLength: 3, depthIdentifier: "list" }))
    .map(([start, items]) =>
      start === null ? nodes.bullet_list.create(null, items) : nodes.ordered_list.create({ start }, items),
    ),
}))

const paragraphsAndLists = fc.array(fc.oneof({ weight: 3, arbitrary: paragraph }, { weight: 1, arbitrary: list }), {
  minLength: 1,
  maxLength: 3,
})

const table = fc
  .record({
    columns: fc.integer({ min: 1, max: 4 }),
    rows: fc.integer({ min: 1, max: 4 }),
    heads: fc.constantFrom(0, 1, 2),
  })
  .chain(({ columns, rows, heads }) =>
    fc
      .array(fc.array(inlines, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows })
      .map((grid) => grid.map((cells, y) => cells.map((content, x) => cellType(heads, x, y).create(null, content)))),
  )
  .map((grid) =>
    nodes.table.create(
      null,
      grid.map((cells) => nodes.table_row.create(null, cells)),
    ),
  )

function cellType(heads: number, x: number, y: number) {
  return (heads > 0 && y === 0) || (heads > 1 && x === 0) ? nodes.table_header : nodes.table_cell
}

const figure = fc
  .tuple(
    fc.constantFrom(
      { src: null, alt: "" },
      { src: null, alt: "Entrance to the center" },
      { src: "/media/gate.webp", alt: 'The "main" gate', width: 640, height: 480 },
      { src: "/media/2026/gate.jpg", alt: "" },
    ),
    inlines,
  )
  .map(([attrs, caption]) => nodes.figure.create(attrs, caption))

const block: fc.Arbitrary<Node> = fc.oneof(
  { weight: 4, arbitrary: paragraph },
  fc.tuple(fc.constantFrom(2, 3, 4), inlines).map(([level, content]) => nodes.heading.create({ level }, content)),
  { weight: 2, arbitrary: list },
  paragraphsAndLists.map((content) => nodes.blockquote.create(null, content)),
  inlines.map((content) => nodes.address.create(null, content)),
  fc
    .tuple(fc.constantFrom("info", "warning", "danger"), paragraphsAndLists)
    .map(([kind, content]) => nodes.notice.create({ kind }, content)),
  fc.constant(nodes.divider.create()),
  figure,
  { weight: 2, arbitrary: table },
  fc.array(anyFact, { minLength: 1, maxLength: 4 }).map((rows) => nodes.fact_sheet.create(null, rows)),
)

/** A page of one to `blocks` blocks; with ids (as stored) unless told otherwise (as Markdown or a script sends it). */
export function anyPage({ ids = true, blocks = 8 } = {}): fc.Arbitrary<Node> {
  return fc.array(block, { minLength: 1, maxLength: blocks }).map((content) => {
    const page = nodes.doc.create(null, content)
    if (!ids) return page
    let count = 0
    return ensureIds(page, () => `id${++count}`)
  })
}
