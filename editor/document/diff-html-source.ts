import type { Node } from "prosemirror-model"
import { resultsOf } from "./diff-apply.ts"
import type { Change, Step } from "./diff-edits.ts"
import { folded, foldHtml, type Part } from "./diff-html-folds.ts"
import { anchorOf, type Drawing, furtherAnchors, raw } from "./diff-html-parts.ts"
import { stepChanges } from "./diff-listing.ts"
import { tokenize, type Tokens, tokenText } from "./diff-tokens.ts"
import { diffTokens, newBudget } from "./diff-words.ts"
import { toMarkdown } from "./markdown-write.ts"
import { escapeText, writeTree } from "./markup.ts"

/** The two versions as lines of Markdown, block by block, with the words that differ marked in their lines. */
export function sourceHtml(doc: Node, steps: readonly Step[], drawing: Drawing): string {
  const lines: Lines = {
    old: doc.children.map((child) => linesOf(doc, [child])),
    starts: [],
    now: 0,
    budget: newBudget(),
  }
  for (const [at] of lines.old.entries())
    lines.starts.push(at === 0 ? 0 : lines.starts[at - 1]! + lines.old[at - 1]!.length)
  const parts = steps.flatMap((step) => stepLines(doc, step, lines, drawing))
  const fold = (html: string, count: number) =>
    writeTree([
      "tr",
      { class: "unchanged" },
      ["td", { colspan: 4 }, raw(foldHtml(writeTree(["table", ["tbody", raw(html)]]), count, "lines", drawing))],
    ])
  const names = ["Line before", "Line now", "", "Markdown"].map((name) => ["th", { scope: "col" }, name])
  const frame = { class: "diff diff-source", role: "group", tabindex: "0", "aria-label": "Lines of Markdown" }
  return writeTree(["div", frame, ["table", ["thead", ["tr", ...names]], ["tbody", raw(folded(parts, fold))]]])
}

/** The old lines of each block and how many stand before it; how many new ones were written so far. */
interface Lines {
  old: string[][]
  starts: number[]
  now: number
  budget: ReturnType<typeof newBudget>
}

function stepLines(doc: Node, step: Step, lines: Lines, drawing: Drawing): Part[] {
  if (step.type === "left") return []
  const from =
    step.type === "insert" ? [] : step.type === "regroup" || step.type === "reshape" ? step.from : [step.from]
  const before = from.flatMap((at) => lines.old[at]!)
  let number = from.length > 0 ? lines.starts[from[0]!]! : 0
  const now = step.type === "keep" ? before : linesOf(doc, resultsOf(doc.children, step))
  const changes = [...new Set(stepChanges(step))]
  const parts: Part[] = []
  const keep = (line: string) =>
    parts.push({ quiet: true, html: rowHtml("", ++number, ++lines.now, escapeText(line), []) })
  const write = (sign: "−" | "+", html: string) => {
    const [old, now] = sign === "−" ? [++number, null] : [null, ++lines.now]
    parts.push({ quiet: false, html: rowHtml(sign, old, now, html, changes, drawing) })
  }
  let at = 0
  for (const hunk of before === now ? [] : diffTokens(lineTokens(before), lineTokens(now), lines.budget)) {
    for (; at < hunk.from; at++) keep(before[at]!)
    for (const { sign, html } of hunkLines(
      before.slice(hunk.from, hunk.fromEnd),
      now.slice(hunk.to, hunk.toEnd),
      lines,
    ))
      write(sign, html)
    at = hunk.fromEnd
  }
  for (; at < before.length; at++) keep(before[at]!)
  if (changes.some((change) => !drawing.anchored.has(change))) parts.unshift(unseen(changes, drawing))
  return parts
}

function linesOf(doc: Node, nodes: readonly Node[]): string[] {
  return nodes.length === 0 ? [] : [...toMarkdown(doc.type.create(null, nodes)).trimEnd().split("\n"), ""]
}

function lineTokens(lines: readonly string[]): Tokens {
  return { text: "", starts: [...lines.map(() => 0), 0], kinds: lines.map(() => "word"), keys: [...lines] }
}

interface Line {
  sign: "−" | "+"
  html: string
}

/** Where as many lines came as went, each is compared with its counterpart. */
function hunkLines(old: readonly string[], now: readonly string[], { budget }: Lines): Line[] {
  if (old.length !== now.length) {
    return [
      ...old.map((line): Line => ({ sign: "−", html: writeTree(["del", line]) })),
      ...now.map((line): Line => ({ sign: "+", html: writeTree(["ins", line]) })),
    ]
  }
  return old.flatMap((line, at): Line[] => {
    const [a, b] = [tokenize(line), tokenize(now[at]!)]
    const words = { old: "", now: "" }
    let [from, to] = [0, 0]
    for (const hunk of diffTokens(a, b, budget)) {
      words.old += escapeText(tokenText(a, from, hunk.from)) + changed("del", tokenText(a, hunk.from, hunk.fromEnd))
      words.now += escapeText(tokenText(b, to, hunk.to)) + changed("ins", tokenText(b, hunk.to, hunk.toEnd))
      from = hunk.fromEnd
      to = hunk.toEnd
    }
    return [
      { sign: "−", html: words.old + escapeText(tokenText(a, from, a.keys.length)) },
      { sign: "+", html: words.now + escapeText(tokenText(b, to, b.keys.length)) },
    ]
  })
}

function changed(tag: "ins" | "del", text: string): string {
  return text === "" ? "" : writeTree([tag, text])
}

const rowNames = { "": "kept", "−": "removed", "+": "added" } as const

function rowHtml(
  sign: "" | "−" | "+",
  old: number | null,
  now: number | null,
  html: string,
  changes: readonly Change[],
  drawing?: Drawing,
): string {
  const attrs = { class: rowNames[sign], ...(drawing && anchorOf(drawing, changes)) }
  const anchors = drawing ? furtherAnchors(drawing, changes) : []
  const number = (line: number | null) => ["td", { class: "line" }, line === null ? "" : String(line)]
  return writeTree([
    "tr",
    attrs,
    number(old),
    number(now),
    ["td", { class: "sign" }, sign, ...anchors],
    ["td", { class: "source" }, ["code", raw(html)]],
  ])
}

/** Markdown shows neither that a block moved nor some of its attributes: these changes are said in words. */
function unseen(changes: readonly Change[], drawing: Drawing): Part {
  const attrs = { class: "change note", ...anchorOf(drawing, changes) }
  const text = changes.map(({ description }) => description).join("; ")
  return {
    quiet: false,
    html: writeTree(["tr", attrs, ["td", { colspan: 4 }, ...furtherAnchors(drawing, changes), text]]),
  }
}
