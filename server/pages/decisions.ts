import { type Choice, type Collision, fromMarkdown, inheritIds } from "../../editor/document/index.ts"
import type { Problem } from "../errors.ts"

/** What a person decided: for each collision one of the versions or, with `hand`, Markdown of their own. */
export interface Decision {
  choice: string | undefined
  hand: string
}

/** What was chosen for each collision, and what is still to be decided, by its field. */
export function readDecisions(collisions: Collision[], decisions: Decision[]): { choices: Choice[]; problems: Problem[] } {
  const problems: Problem[] = []
  const choices = collisions.map((collision, index): Choice => {
    const { choice, hand = "" } = decisions[index] ?? {}
    if (choice === "mine" || choice === "theirs" || choice === "both") return choice
    const read = choice === "hand" ? fromMarkdown(hand) : null
    if (read && read.doc.textContent.trim() !== "") return collision.theirs ? inheritIds(read.doc, collision.theirs) : read.doc
    const message = read ? "Write what should stand here, or choose one of the versions." : "Decide what should stand here."
    problems.push({ field: `choice-${index}`, message: `${index + 1}. ${message}` })
    return "theirs"
  })
  return { choices, problems }
}
