import type { Node } from "prosemirror-model"

/** A document read from somebody's text, the title it names, and what could not be kept as it was, with its place. */
export interface Reading {
  doc: Node
  title: string | null
  warnings: string[]
}

/** Who reads a thousand line numbers? The first of each kind say where to look. */
const LINES_NAMED = 20

/** How much of somebody's text a warning repeats. */
const QUOTE_LENGTH = 200

/** Collects what went wrong while reading. The same sentence about several lines becomes one warning. */
export class Warnings {
  readonly #lines = new Map<string, number[]>()

  /** `line` counts from 1; 0 stands for the text as a whole. */
  add(line: number, sentence: string): void {
    const lines = this.#lines.get(sentence)
    if (!lines) this.#lines.set(sentence, [line])
    else if (lines.at(-1) !== line) lines.push(line)
  }

  /** The warnings in the order of the lines they speak of. */
  list(): string[] {
    return [...this.#lines]
      .sort(([, one], [, two]) => one[0]! - two[0]!)
      .map(([sentence, lines]) => (lines[0] === 0 ? sentence : `${place(lines)}: ${sentence}`))
  }
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
