import type { Node } from "prosemirror-model"

/** A document read from somebody's text, the title it names, and what could not be kept as it was, with its place. */
export interface Reading {
  doc: Node
  title: string | null
  warnings: string[]
  /** What its writer can put right, and should, rather than have it left out: for forms, which go back to them. */
  faults?: string[]
}

/** Who reads a thousand line numbers? The first of each kind say where to look. */
const LINES_NAMED = 20

/** How much of somebody's text a warning repeats. */
const QUOTE_LENGTH = 200

/** What is wrong with a link that leads where none may. */
export function linkFault(address: string): string {
  return `A link cannot lead to ${quoted(address)}, only to pages here, web addresses, mail or telephones.`
}

/** Collects what went wrong while reading. The same sentence about several lines becomes one warning. */
export class Warnings {
  readonly #lines = new Map<string, number[]>()
  readonly #faults = new Map<string, number[]>()

  /** `line` counts from 1; 0 stands for the text as a whole. `fault` says what its writer should put right. */
  add(line: number, sentence: string, fault?: string): void {
    note(this.#lines, line, sentence)
    if (fault !== undefined) note(this.#faults, line, fault)
  }

  /** The warnings in the order of the lines they speak of. */
  list(): string[] {
    return inOrder(this.#lines)
  }

  faults(): string[] {
    return inOrder(this.#faults)
  }
}

function note(sentences: Map<string, number[]>, line: number, sentence: string): void {
  const lines = sentences.get(sentence)
  if (!lines) sentences.set(sentence, [line])
  else if (lines.at(-1) !== line) lines.push(line)
}

function inOrder(sentences: ReadonlyMap<string, number[]>): string[] {
  return [...sentences]
    .sort(([, one], [, two]) => one[0]! - two[0]!)
    .map(([sentence, lines]) => (lines[0] === 0 ? sentence : `${place(lines)}: ${sentence}`))
}

/** Somebody's text inside a warning, on one line and not too long: “call the front desk”. */
export function quoted(text: string): string {
  const line = text.replace(/\s+/g, " ").trim()
  return `“${line.length > QUOTE_LENGTH ? `${line.slice(0, QUOTE_LENGTH).trimEnd()}…` : line}”`
}

function place(lines: readonly number[]): string {
  if (lines.length === 1) return `Line ${lines[0]}`
  if (lines.length > LINES_NAMED)
    return `Lines ${lines.slice(0, LINES_NAMED).join(", ")} and ${lines.length - LINES_NAMED} more`
  return `Lines ${lines.slice(0, -1).join(", ")} and ${lines.at(-1)}`
}
