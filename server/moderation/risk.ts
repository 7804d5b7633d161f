import type { Node } from "prosemirror-model"
import { type Fact, facts, factLabel, toText } from "../../editor/document/index.ts"

/** Facts that cost people money or a day when they are wrong: where to call, to go, to write, to pay. */
const RISKY_TYPES = new Set(["phone", "address"])
const RISKY_KEYS = new Set(["send_money", "calls_from_inside", "bond_posting", "bond_amounts"])

/**
 * Why an edit waits for a second person whoever wrote it: it changes a telephone number, an address, or how to pay or post a bond, and
 * names no source for it. Each goes on after "it".
 */
export function riskOf(base: Node, doc: Node): string[] {
  return [...new Set([...factRisks(base, doc), ...textRisks(base, doc)])]
}

function factRisks(base: Node, doc: Node): string[] {
  const before = facts(base).filter(isRisky)
  const reasons: string[] = []
  for (const fact of facts(doc).filter(isRisky)) {
    // Nobody can follow a value that is not there.
    if (fact.state !== "known") continue
    const was = before.find(({ id }) => id === fact.id)
    const rivals = before.filter(({ key, label }) => key === fact.key && label === fact.label)
    if (was && says(was) === says(fact)) continue
    // The first of its kind on a page changes nothing that was there.
    if (!was && (rivals.length === 0 || rivals.some((rival) => says(rival) === says(fact)))) continue
    if (fact.sources.length === 0) reasons.push(`changes “${factLabel(fact)}” without a source`)
  }
  return reasons
}

function isRisky({ type, key }: Fact): boolean {
  return RISKY_TYPES.has(type) || RISKY_KEYS.has(key)
}

function says({ type, value, state, key, note }: Fact): string {
  return JSON.stringify([key, type, state, value, note])
}

// In running text a number or an address is changed when one goes from a block and another comes into it.
function textRisks(base: Node, doc: Node): string[] {
  const before = new Map(base.children.map((block) => [block.attrs.id as string | null, block]))
  const known = phonesIn(toText(base))
  return doc.children.flatMap((block) => {
    const was = before.get(block.attrs.id as string | null)
    if (!was || was.eq(block) || isCited(block)) return []
    const numbers = phonesIn(wordsOf(block))
    const isSwapped = [...phonesIn(wordsOf(was))].some((number) => !numbers.has(number)) && [...numbers].some((number) => !known.has(number))
    const isMoved = block.type.name === "address" && was.type.name === "address" && block.textContent !== was.textContent
    return [...(isSwapped ? ["changes a telephone number without a source"] : []), ...(isMoved ? ["changes an address without a source"] : [])]
  })
}

// What facts say was looked at before, with the source of each.
function wordsOf(block: Node): string {
  const words: string[] = []
  block.descendants((node) => {
    if (node.type.name === "fact") return false
    if (node.isTextblock) words.push(node.textBetween(0, node.content.size, "\n", " "))
    return !node.isTextblock
  })
  return block.isTextblock ? block.textBetween(0, block.content.size, "\n", " ") : words.join("\n")
}

function isCited(block: Node): boolean {
  let found = false
  block.descendants((node) => {
    found ||= node.type.name === "citation"
    return node.type.name !== "fact"
  })
  return found
}

/** Telephone numbers of North America, and others with their country, by their last ten digits. */
function phonesIn(text: string): Set<string> {
  const found = new Set<string>()
  for (const [spelled] of text.matchAll(/(?<!\d)\+?\d[\d ().\u00a0–-]{8,18}\d(?!\d)/g)) {
    const digits = spelled.replace(/\D/g, "")
    if (digits.length >= 10 && digits.length <= 15) found.add(digits.slice(-10))
  }
  return found
}
