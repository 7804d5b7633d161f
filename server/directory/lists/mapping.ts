import { type FactType, factKind, factTypes } from "../../../editor/document/index.ts"
import { AppError } from "../../errors.ts"

/** A fact that a list has of each place: how its value is put together from the cells of a row. */
export interface FactRule {
  key: string
  type: FactType
  label: string
  qualifier: string
  /** Text with `{Column}` where a cell goes, " / " where a line ends; or columns to add up, and a unit. */
  template: string
  /** The value is a breakdown of people into groups: those that are small are not told. */
  isBreakdown: boolean
}

/** How the columns of a list are read. */
export interface Mapping {
  /** The name under which it is remembered what the list said. */
  list: string
  /** What it tells: places, how many people were held in them by month, or were taken from one to another. */
  of: (typeof SUBJECTS)[number]
  /** The page of the source that its facts cite. */
  source: { slug: string; title: string; publisher: string; address: string; licence: string; about: string }
  /** The list of which this is a newer edition: what that one said, this one may bring up to date. */
  follows: { list: string; slug: string } | null
  /** The day up to which it counts, as precise as known; empty when it has none. */
  asOf: string
  /** What tells a row from all others of the list. */
  key: string
  code: string
  name: string
  city: string
  state: string
  /** Columns with ZIP codes, whose leading zeros get lost. */
  zipColumns: string[]
  /** Columns written in capital letters throughout. */
  capitalColumns: string[]
  /** Cells that say something in the list's own code, and what they mean. */
  words: Map<string, Map<string, string>>
  facts: FactRule[]
  /** Columns of a list of counts. */
  counts: { month: string; mean: string; highest: string; days: string }
  /** Columns of a list of transfers: two codes, and a number of people. */
  moves: { from: string; to: string; count: string }
}

const SUBJECTS = ["facilities", "population", "transfers"] as const

const SETTINGS = [
  "list", "follows", "of", "source page", "title", "publisher", "address", "licence", "about", "as of", "key", "code", "name", "city", "state",
  "ZIP codes", "capital letters", "month", "mean", "highest", "days", "from", "to", "count",
] as const
type Setting = (typeof SETTINGS)[number]

/**
 * Reads a mapping: a line each, `setting: value`; `fact KEY as TYPE "Label" (qualifier): template`, or `breakdown` in
 * place of `fact`; `read COLUMN "CELL" as: words`. Lines that begin with # are remarks. Throws `invalid` with the line.
 */
export function readMapping(text: string): Mapping {
  const given = new Map<Setting, string>()
  const words: Mapping["words"] = new Map()
  const facts: FactRule[] = []
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim()
    if (line === "" || line.startsWith("#")) continue
    const at = line.indexOf(": ") < 0 ? line.length - 1 : line.indexOf(": ")
    const [head, value] = line[at] === ":" ? [line.slice(0, at).trim(), line.slice(at + 1).trim()] : [line, ""]
    if (value === "") throw wrong(index, "after a colon and a blank comes the value")
    const setting = SETTINGS.find((name) => name === head)
    if (setting) given.set(setting, value)
    else if (head.startsWith("read ")) addWords(words, head, value, index)
    else if (/^(?:fact|breakdown) /.test(head)) facts.push(factRule(head, value, index))
    else throw wrong(index, `there is no setting “${head}”; there are ${SETTINGS.join(", ")}, fact, breakdown and read`)
  }
  return mappingOf(given, words, facts)
}

/** The columns that a template names. */
export function columnsIn(template: string): string[] {
  return [...template.matchAll(/\{([^{}]{1,200})\}/g)].map(([, name]) => name!)
}

/** Columns that the mapping needs and the table does not have. */
export function missingColumns(mapping: Mapping, columns: readonly string[]): string[] {
  const { key, code, name, city, state, counts, moves, facts, zipColumns, capitalColumns, words } = mapping
  const templates = [key, code, name, city, state, ...Object.values(counts), ...Object.values(moves), ...facts.map(({ template }) => template)]
  const wanted = [...templates.flatMap(columnsIn), ...zipColumns, ...capitalColumns, ...words.keys()]
  return [...new Set(wanted)].filter((column) => !columns.includes(column))
}

const NEEDED: Record<Mapping["of"], Setting[]> = {
  facilities: ["name", "state"],
  population: ["code", "month", "mean", "highest"],
  transfers: ["from", "to", "count"],
}

function mappingOf(given: Map<Setting, string>, words: Mapping["words"], facts: FactRule[]): Mapping {
  const of = SUBJECTS.find((one) => one === (given.get("of") ?? "facilities"))
  if (!of) throw new AppError("invalid", `The mapping says it is of “${given.get("of")}”: ${SUBJECTS.join(", ")} are known.`)
  const needed: Setting[] = ["list", "source page", "title", ...NEEDED[of]]
  const missing = needed.filter((name) => !given.has(name))
  if (missing.length > 0) throw new AppError("invalid", `The mapping does not say: ${missing.join(", ")}.`)
  const text = (name: Setting) => given.get(name) ?? ""
  const list = (name: Setting) => text(name).split(";").map((part) => part.trim()).filter(Boolean)
  return {
    list: text("list"),
    of,
    source: {
      slug: text("source page"), title: text("title"), publisher: text("publisher"), address: text("address"), licence: text("licence"),
      about: text("about"),
    },
    follows: followed(text("follows")),
    asOf: text("as of"),
    key: text("key") || text("code"),
    code: text("code"),
    name: text("name"),
    city: text("city"),
    state: text("state"),
    zipColumns: list("ZIP codes"),
    capitalColumns: list("capital letters"),
    words,
    facts,
    counts: { month: text("month"), mean: text("mean"), highest: text("highest"), days: text("days") },
    moves: { from: text("from"), to: text("to"), count: text("count") },
  }
}

function followed(text: string): Mapping["follows"] {
  const [list = "", slug = ""] = text.split(" ")
  if (text !== "" && slug === "") throw new AppError("invalid", "The mapping follows a list: name it, and after a blank its source page.")
  return text === "" ? null : { list, slug }
}

function factRule(head: string, template: string, index: number): FactRule {
  const found = /^(fact|breakdown) ([a-z_]+)(?: as ([a-z]+))?(?: "([^"]{1,200})")?(?: \(([^()]{1,200})\))?$/.exec(head)
  if (!found) throw wrong(index, `“${head}” should be written like: fact capacity as number "Label" (qualifier)`)
  const [, word, key = "", given, label = "", qualifier = ""] = found
  const kind = factKind(key)
  if (!kind) throw wrong(index, `there is no kind of fact called ${key}`)
  const type = given === undefined ? kind.type : factTypes.find((one) => one === given)
  if (!type) throw wrong(index, `there is no type of value called ${given}; there are ${factTypes.join(", ")}`)
  if (columnsIn(template).length === 0) throw wrong(index, "the value names no column, such as {Name}")
  return { key, type, label, qualifier, template, isBreakdown: word === "breakdown" }
}

function addWords(words: Mapping["words"], head: string, value: string, index: number): void {
  const found = /^read (.{1,200}) "([^"]{1,200})" as$/.exec(head)
  if (!found) throw wrong(index, `“${head}” should be written like: read Column "CELL" as`)
  const [, column = "", cell = ""] = found
  words.set(column, (words.get(column) ?? new Map<string, string>()).set(cell.toLowerCase(), value))
}

function wrong(index: number, why: string): AppError {
  return new AppError("invalid", `The mapping cannot be read at line ${index + 1}: ${why}.`)
}
