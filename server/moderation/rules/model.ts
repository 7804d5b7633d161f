import { createHash } from "node:crypto"
import type { Node } from "prosemirror-model"
import { type Fact, facts, factTypes, links, pageWords, toText } from "../../../editor/document/index.ts"
import { invalid } from "../../errors.ts"

export const outcomes = ["wait", "tag", "refuse"] as const
export type Outcome = (typeof outcomes)[number]

/** What can be asked of an edit; all conditions of a rule must hold. */
export type Condition =
  | { kind: "fact-changed"; type: string }
  | { kind: "no-source" }
  | { kind: "account-younger"; days: number }
  | { kind: "words-removed"; percent: number }
  | { kind: "links-added"; count: number }
  | { kind: "no-summary" }
  | { kind: "says"; words: string }

/** A rule that moderators made. */
export interface Rule {
  id: string
  name: string
  conditions: Condition[]
  outcome: Outcome
  /** Of a refusal what the writer is told; of a tag its word. */
  message: string
  isOn: boolean
  /** The fingerprint of what was last tried on the past. */
  tried: string | null
  triedAt: string | null
}

/** An edit as rules look at it. */
export interface Judged {
  before: Node | null
  after: Node
  summary: string
  /** Days since the author's account was made. */
  accountDays: number
}

export const NAME_LENGTH = 80
export const MESSAGE_LENGTH = 300
const MOST_DAYS = 3_650
const MOST_LINKS = 100

/** Whether all conditions of a rule hold. Takes time in proportion to the two texts. */
export function fits({ conditions }: Pick<Rule, "conditions">, judged: Judged): boolean {
  const changed = changedFacts(judged)
  return conditions.every((condition) => holds(condition, judged, changed))
}

/** Names what a rule does; a rule that was changed since it was tried has another. */
export function fingerprint({ conditions, outcome, message }: Pick<Rule, "conditions" | "outcome" | "message">): string {
  return createHash("sha256").update(JSON.stringify([conditions, outcome, message])).digest("base64url").slice(0, 22)
}

/** The rule that a form describes. Throws `invalid`. */
export function readRule(form: Record<string, string>): Pick<Rule, "name" | "conditions" | "outcome" | "message"> {
  const name = (form.name ?? "").trim()
  if (name === "" || [...name].length > NAME_LENGTH) throw invalid("name", `Give the rule a name of at most ${NAME_LENGTH} characters.`)
  const conditions = readConditions(form)
  if (conditions.length === 0) throw invalid("conditions", "Choose at least one condition.")
  const outcome = outcomes.find((one) => one === form.outcome)
  if (!outcome) throw invalid("outcome", "Choose what the rule does.")
  const message = (form.message ?? "").trim()
  if ([...message].length > MESSAGE_LENGTH) throw invalid("message", `The tag or message has at most ${MESSAGE_LENGTH} characters.`)
  if (outcome !== "wait" && message === "") throw invalid("message", outcome === "tag" ? "Say which tag the edit gets." : "Say what the writer is told.")
  return { name, conditions, outcome, message }
}

/** A condition in words: "a phone fact changed". */
export function conditionWords(condition: Condition): string {
  switch (condition.kind) {
    case "fact-changed":
      return condition.type === "any" ? "a fact changed" : `a fact of the kind “${condition.type}” changed`
    case "no-source":
      return "no source was added"
    case "account-younger":
      return `the account is younger than ${condition.days} days`
    case "words-removed":
      return `at least ${condition.percent} % of the words went`
    case "links-added":
      return `at least ${condition.count} links were added`
    case "no-summary":
      return "there is no summary"
    case "says":
      return `the new words say “${condition.words}”`
  }
}

function readConditions(form: Record<string, string>): Condition[] {
  const has = (kind: Condition["kind"]) => form[`if-${kind}`] !== undefined
  const number = (field: string, what: string, most: number) => {
    const value = Number(form[field])
    if (!Number.isInteger(value) || value < 1 || value > most) throw invalid(field, `${what}: give a whole number from 1 to ${most}.`)
    return value
  }
  const conditions: Condition[] = []
  if (has("fact-changed")) {
    const type = form.type ?? "any"
    if (type !== "any" && !factTypes.some((one) => one === type)) throw invalid("type", "Choose a kind of fact.")
    conditions.push({ kind: "fact-changed", type })
  }
  if (has("no-source")) conditions.push({ kind: "no-source" })
  if (has("account-younger")) conditions.push({ kind: "account-younger", days: number("days", "Days of the account", MOST_DAYS) })
  if (has("words-removed")) conditions.push({ kind: "words-removed", percent: number("percent", "Percent of the words", 100) })
  if (has("links-added")) conditions.push({ kind: "links-added", count: number("count", "Links added", MOST_LINKS) })
  if (has("no-summary")) conditions.push({ kind: "no-summary" })
  if (has("says")) {
    const words = (form.words ?? "").trim()
    if (words.length < 3 || words.length > 100) throw invalid("words", "The new words: give 3 to 100 characters.")
    conditions.push({ kind: "says", words })
  }
  return conditions
}

function holds(condition: Condition, { before, after, summary, accountDays }: Judged, changed: Fact[]): boolean {
  switch (condition.kind) {
    case "fact-changed":
      return changed.some(({ type }) => condition.type === "any" || type === condition.type)
    case "no-source":
      return !sourcesOf(after).some((source) => !sourcesOf(before).includes(source))
    case "account-younger":
      return accountDays < condition.days
    case "words-removed": {
      const [was, is] = [before ? pageWords(before) : 0, pageWords(after)]
      return was > 0 && ((was - is) / was) * 100 >= condition.percent
    }
    case "links-added":
      return links(after).length - (before ? links(before).length : 0) >= condition.count
    case "no-summary":
      return summary.trim() === ""
    case "says": {
      const words = condition.words.toLowerCase()
      return toText(after).toLowerCase().includes(words) && !(before && toText(before).toLowerCase().includes(words))
    }
  }
}

/** Facts that say something else than before, are new, or are gone. */
function changedFacts({ before, after }: Judged): Fact[] {
  const saying = ({ block, key, type, value, state }: Fact) => JSON.stringify([block, key, type, value, state])
  const [old, now] = [before ? facts(before) : [], facts(after)]
  const [oldWords, nowWords] = [new Set(old.map(saying)), new Set(now.map(saying))]
  return [...now.filter((fact) => !oldWords.has(saying(fact))), ...old.filter((fact) => !nowWords.has(saying(fact)))]
}

function sourcesOf(doc: Node | null): string[] {
  const found: string[] = []
  doc?.descendants((node) => {
    if (node.type.name === "citation") found.push(`${node.attrs.source} ${node.attrs.title}`)
    if (node.type.name === "fact") for (const { source, title } of node.attrs.sources as { source: string; title: string }[]) found.push(`${source} ${title}`)
  })
  return found
}
