import { invalid } from "../../errors.ts"

export const subjects = ["fact", "comment"] as const
export type Subject = (typeof subjects)[number]

/** What can be said of a fact or a comment, and its words in the form. */
export const CAUSES = {
  fact: { wrong: "It is wrong", outdated: "It is out of date", unclear: "It cannot be understood" },
  comment: {
    private: "It tells something private about a person",
    harmful: "It could harm somebody",
    false: "It is not true",
    spam: "It is advertising",
    rude: "It insults somebody",
  },
} as const satisfies Record<Subject, Record<string, string>>

/** Somebody's word that something is not as it should be. */
export interface Report {
  id: string
  /** The id of the page. */
  page: string
  kind: Subject
  /** The id of the fact or comment. */
  subject: string
  cause: string
  note: string
  /** The fact as it read when the report was made. */
  said: string
  reasons: string[]
  state: "open" | "accepted" | "refused" | "spam"
  createdAt: string
}

export const NOTE_LENGTH = 1_000

/** What somebody adds to a report. Throws `invalid`. */
export function readNote(raw: string): string {
  if (raw.length > 10 * NOTE_LENGTH) throw tooLong()
  const note = raw.normalize("NFC").trim()
  if ([...note].length > NOTE_LENGTH) throw tooLong()
  return note
}

/** The words for what a report says. */
export function causeWords({ kind, cause }: Pick<Report, "kind" | "cause">): string {
  return (CAUSES[kind] as Record<string, string>)[cause] ?? cause
}

function tooLong(): Error {
  return invalid("note", `This has at most ${NOTE_LENGTH} characters.`)
}
