import type { Attrs } from "prosemirror-model"
import { type Citation, type FactAttrs, factRanks, factStates, factTypes, noticeKinds } from "./attributes.ts"
import { readSingleDate } from "./dates.ts"
import { ID_PATTERN } from "./ids.ts"
import { MAX_HREF, readHref, readSource } from "./links.ts"
import { isMediaPath, readLanguage, readLine } from "./text-rules.ts"
import { MAX_VALUE, readValue } from "./values.ts"
import { factKind } from "./vocabulary.ts"

// What the attributes of nodes and marks may hold. A rule returns the value as it is kept, or throws a Refusal.

/** Why an attribute cannot be kept; `at` names the place within it, such as ".sources[0].source". */
export class Refusal extends Error {
  constructor(
    readonly reason: string,
    readonly at = "",
  ) {
    super(reason)
  }
}

export type Rule = (value: unknown) => unknown

/** The longest label, title, locator and the like: one line, read at a glance. */
export const MAX_LINE = 300
/** The longest description of a picture or quotation from a source. */
export const MAX_PASSAGE = 2000
/** More sources than this for one fact are a list of their own. */
export const MAX_SOURCES = 20

const id: Rule = (value) => (value === null || (typeof value === "string" && ID_PATTERN.test(value)) ? value : badId())

const attributeRules: Record<string, Record<string, Rule>> = {
  heading: { level: oneOf([2, 3, 4]) },
  ordered_list: { start: integer(0, 999_999) },
  notice: { kind: oneOf(noticeKinds) },
  figure: {
    src: (value) => (value === null || (typeof value === "string" && isMediaPath(value)) ? value : badPicture()),
    alt: line(MAX_PASSAGE),
    width: orNull(integer(1, 20_000)),
    height: orNull(integer(1, 20_000)),
  },
  table_cell: { colspan: oneOf([1]), rowspan: oneOf([1]), colwidth: oneOf([null]) },
  table_header: { colspan: oneOf([1]), rowspan: oneOf([1]), colwidth: oneOf([null]) },
  citation: { source, title: line(MAX_LINE), locator: line(MAX_LINE), quote: line(MAX_PASSAGE) },
  fact: {
    key: line(MAX_LINE),
    label: line(MAX_LINE),
    type: oneOf(factTypes),
    value: lines(MAX_VALUE),
    qualifier: line(MAX_LINE),
    state: oneOf(factStates),
    rank: oneOf(factRanks),
    asOf: date(true),
    checked: date(false),
    sources,
  },
  link: { href },
  lang: { lang: language },
  abbreviation: { title: line(MAX_LINE) },
}

/** The rule for one attribute of a node or mark type; undefined when it has no such attribute. */
export function attributeRule(type: string, name: string): Rule | undefined {
  return name === "id" ? id : attributeRules[type]?.[name]
}

/** What has to be true of the attributes of one node together. */
export function checkTogether(type: string, attrs: Attrs): void {
  if (type === "fact") checkFact(attrs as FactAttrs)
  if (type === "citation") checkCitation(attrs as Citation)
  if (type === "figure") checkFigure(attrs)
}

function checkFact({ key, label, type, value, state }: FactAttrs): void {
  if (key !== "" && !factKind(key)) throw new Refusal(`there is no kind of fact called ${JSON.stringify(key)}`, ".key")
  if (key === "" && label === "") throw new Refusal("a fact needs a key of the vocabulary or a label", ".label")
  if (state !== "known") {
    if (value !== "") throw new Refusal(`a fact whose state is ${state} has no value`, ".value")
    return
  }
  const reading = readValue(type, value)
  if (!reading.ok) throw new Refusal(reading.problem, ".value")
  if (reading.value !== value) throw new Refusal(`this has to be written ${JSON.stringify(reading.value)}`, ".value")
}

function checkCitation({ source, title }: Citation, at = ""): void {
  if (source === "" && title === "") throw new Refusal("a citation needs a source or a title", `${at}.source`)
}

function checkFigure({ src, width, height }: Attrs): void {
  if ((width === null) !== (height === null)) throw new Refusal("width and height go together", ".width")
  if (src === null && width !== null) throw new Refusal("a missing picture has no size", ".width")
}

function oneOf(choices: readonly unknown[]): Rule {
  return (value) => {
    if (choices.includes(value)) return value
    throw new Refusal(`this can only be ${choices.map((choice) => JSON.stringify(choice)).join(", ")}`)
  }
}

function integer(least: number, most: number): Rule {
  return (value) => {
    if (Number.isInteger(value) && (value as number) >= least && (value as number) <= most) return value
    throw new Refusal(`this has to be a whole number from ${least} to ${most}`)
  }
}

function orNull(rule: Rule): Rule {
  return (value) => (value === null ? null : rule(value))
}

function line(most: number): (value: unknown) => string {
  return (value) => (typeof value === "string" ? checkedLine(value, most) : badType("text"))
}

function lines(most: number): Rule {
  return (value) => {
    if (typeof value !== "string") return badType("text")
    if (value.length > most) return refuse(`this is longer than ${most} characters`)
    return value.split("\n").map((part) => checkedLine(part, most)).join("\n")
  }
}

function checkedLine(text: string, most: number): string {
  if (text.length > most) return refuse(`this is longer than ${most} characters`)
  const reading = readLine(text)
  return reading.ok ? reading.value : refuse(reading.problem)
}

function date(approximate: boolean): Rule {
  return (value) => {
    if (value === "") return value
    if (typeof value !== "string") return badType("text")
    const reading = readSingleDate(value.slice(0, MAX_LINE), approximate)
    if (!reading.ok) throw new Refusal(reading.problem)
    if (reading.value !== value) throw new Refusal(`this has to be written ${JSON.stringify(reading.value)}`)
    return value
  }
}

function href(value: unknown): string {
  if (typeof value !== "string") return badType("text")
  const read = readHref(checkedLine(value, MAX_HREF))
  if (read !== null) return read
  return refuse("a link may lead to a web address, a path of this site, an e-mail address or a telephone number only")
}

function language(value: unknown): string {
  const read = typeof value === "string" ? readLanguage(value) : null
  return read ?? refuse("this is not a language tag such as \"es\"")
}

function source(value: unknown): string {
  const text = line(MAX_HREF)(value)
  return text === "" ? "" : (readSource(text) ?? refuse("a source is the slug of a page or a web address"))
}

function sources(value: unknown): Citation[] {
  if (!Array.isArray(value)) return badType("a list")
  if (value.length > MAX_SOURCES) throw new Refusal(`these are more than ${MAX_SOURCES} sources`)
  return value.map((given: unknown, index) => readCitation(given, `[${index}]`))
}

function readCitation(given: unknown, at: string): Citation {
  if (typeof given !== "object" || given === null || Array.isArray(given)) throw new Refusal("this is no object", at)
  const citation: Citation = { source: "", title: "", locator: "", quote: "" }
  for (const [name, value] of Object.entries(given)) {
    const rule = Object.hasOwn(citation, name) ? attributeRule("citation", name) : undefined
    if (!rule) throw new Refusal(`a source has no ${JSON.stringify(name.slice(0, 40))}`, at)
    citation[name as keyof Citation] = within(`${at}.${name}`, () => rule(value) as string)
  }
  checkCitation(citation, at)
  return citation
}

function within<Result>(at: string, read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    throw error instanceof Refusal ? new Refusal(error.reason, at + error.at) : error
  }
}

function badType(wanted: string): never {
  return refuse(`this has to be ${wanted}`)
}

function badId(): never {
  return refuse("an id is 1 to 64 lower-case letters, digits and hyphens, or null")
}

function badPicture(): never {
  return refuse("a picture is null or a path of this site that begins with /media/")
}

function refuse(reason: string): never {
  throw new Refusal(reason)
}
