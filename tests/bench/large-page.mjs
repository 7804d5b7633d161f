// A page of about 200 KB of text, as long lists of rules and reports of inspections are: headings, paragraphs with links and marks,
// lists, a table and facts in every section.

const WORDS = "visit call write money bond court hours desk officer family lawyer name number page table letter phone gate week day report found medical water food count cell yard".split(" ")
const SECTIONS = 72

/** The page as a document, the same at each call. */
export function largePage() {
  let id = 0
  const next = () => `n${(id++).toString(36)}`
  const p = (at, words, level = {}) => ({ type: "paragraph", attrs: { id: next() }, content: sentence(at, words), ...level })
  const content = []
  for (let at = 0; at < SECTIONS; at++) {
    content.push({ type: "heading", attrs: { id: next(), level: at % 3 ? 3 : 2 }, content: [text(`Section ${at} ${words(at, 3)}`)] })
    for (let part = 0; part < 6; part++) content.push(p(at * 31 + part, 60))
    content.push(list(at, next))
    if (at % 4 === 0) content.push(table(at, next))
    if (at % 5 === 0) content.push(sheet(at, next))
  }
  return { type: "doc", content }
}

function list(at, next) {
  const items = Array.from({ length: 6 }, (_, item) => ({
    type: "list_item",
    attrs: { id: next() },
    content: [{ type: "paragraph", content: sentence(at * 17 + item, 14) }],
  }))
  return { type: "bullet_list", attrs: { id: next() }, content: items }
}

function table(at, next) {
  const row = (number, type) => ({
    type: "table_row",
    attrs: { id: next() },
    content: Array.from({ length: 4 }, (_, cell) => ({ type, content: [text(words(at + number * 5 + cell, 3))] })),
  })
  return { type: "table", attrs: { id: next() }, content: [row(0, "table_header"), ...Array.from({ length: 8 }, (_, number) => row(number + 1, "table_cell"))] }
}

function sheet(at, next) {
  const fact = (key, type, value) => ({ type: "fact", attrs: { id: next(), key, type, value, checked: "2026-08-11" }, content: [text(words(at, 8))] })
  return {
    type: "fact_sheet",
    attrs: { id: next() },
    content: [fact("phone", "phone", `+1305207${2000 + at}`), fact("send_money", "text", words(at, 6)), fact("visiting_hours", "hours", "Sa,Su 08:00-10:30")],
  }
}

function sentence(at, count) {
  const half = count >> 1
  return [
    text(`${words(at, half)} `),
    { type: "text", text: words(at + 3, 3), marks: [{ type: "link", attrs: { href: "https://www.example.org/report" } }] },
    text(` ${words(at + 5, half - 6)} `),
    { type: "text", text: words(at + 8, 2), marks: [{ type: "strong" }] },
    text(`. ${at}`),
  ]
}

const text = (value) => ({ type: "text", text: value })

function words(at, count) {
  return Array.from({ length: count }, (_, word) => WORDS[(at * 7 + word * 11 + ((word * at) % 13)) % WORDS.length]).join(" ")
}
