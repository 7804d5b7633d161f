import type { Node } from "prosemirror-model"
import { commentFromHtml, InvalidDocument, parseComment, toText } from "../../editor/document/index.ts"
import { AppError, invalid } from "../errors.ts"
import { isAtLeast, type User, type Viewer } from "../web/viewer.ts"

export const states = ["published", "held", "refused", "spam"] as const
export type State = (typeof states)[number]

export interface Comment {
  id: string
  /** The id of the page it stands on. */
  page: string
  /** The id of the comment it answers; null for one that begins a thread. */
  parent: string | null
  name: string
  /** Whether it was written by somebody with an account, as themselves. */
  isMember: boolean
  /** Whether its author would be known again: by an account, or by a guest's name and mail address. */
  isByKnowable: boolean
  /** The text, ready to be shown; of a hidden comment, that it is and why. */
  html: string
  isHidden: boolean
  state: State
  /** Why it waited or waits for a moderator. For moderators alone. */
  reasons: string[]
  createdAt: string
  /** Grows with each correction by its author. */
  version: number
  /** When readers last saw it change; null when they never did. */
  correctedAt: string | null
  /** The number of the revision that did what it asks for; null while there is none. */
  resolvedBy: number | null
}

/** Why nothing but a stub stands where a comment was. */
export type Gone = "removed" | "withdrawn" | "waiting"

/** A place under a page: a comment, or the stub of one that is not there any more. */
export type Place = { id: string } & ({ comment: Comment; gone: null } | { comment: null; gone: Gone })

/** A comment and the answers to it, oldest first. Two levels are all there is. */
export type Thread = Place & { replies: Place[] }

export const orders = ["oldest", "newest"] as const
/** Which threads come first. Answers always follow each other as they were written. */
export type Order = (typeof orders)[number]

export const NAME_LENGTH = 80
/** Characters of text, tags not counted: a long letter. */
export const BODY_LENGTH = 5_000
/** With all its tags, or accents; what is longer is refused before anything looks into it. */
export const SOURCE_LENGTHS = { name: 40 * NAME_LENGTH, body: 8 * BODY_LENGTH }
/** From here on a guest's comment looks like an advertisement. */
export const MOST_LINKS = 2

// What cannot be seen, but for the two joiners that some scripts and pictures are written with.
const UNSEEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu

/** A guest's name as stored: NFC, on one line, without invisible characters. Throws `invalid`. */
export function readName(raw: string): string {
  if (raw.length > SOURCE_LENGTHS.name) throw invalid("name", `A name has at most ${NAME_LENGTH} characters; this one has ${raw.length}.`)
  const name = raw.normalize("NFC").replace(/\s+/g, " ").replace(UNSEEN, "").trim()
  if (/<[a-z/!?]/i.test(name)) throw invalid("name", "A name is plain text: it cannot hold tags of HTML, such as <b>.")
  if (!/[\p{L}\p{N}\p{S}\p{P}]/u.test(name)) throw invalid("name", "Please give a name. It can be any name.")
  const { length } = [...name]
  if (length > NAME_LENGTH) throw invalid("name", `A name has at most ${NAME_LENGTH} characters; this one has ${length}.`)
  return name
}

/** What somebody typed, read as a document of the comment schema. Throws `invalid`. */
export function readBody(raw: string): { doc: Node; warnings: string[] } {
  if (raw.length > SOURCE_LENGTHS.body) throw tooLong(raw.length)
  const { doc, warnings, faults = [] } = commentFromHtml(raw)
  if (faults.length > 0) throw invalid("body", faults[0]!)
  const { length } = [...toText(doc).trim()]
  if (length === 0) throw invalid("body", "There is nothing to post yet. Please write your comment.")
  if (length > BODY_LENGTH) throw tooLong(length)
  return { doc: checked(doc), warnings }
}

// What a reader made passes the same check as what a stranger sent.
function checked(doc: Node): Node {
  try {
    return parseComment(doc.toJSON())
  } catch (error) {
    if (!(error instanceof InvalidDocument)) throw error
    throw invalid("body", `This comment cannot be kept as it is: ${error.reason}.`)
  }
}

function tooLong(length: number): AppError {
  return invalid("body", `A comment has at most ${BODY_LENGTH} characters; this one has ${length}.`)
}

/** How many links a comment has, those spelled out in its text included. */
export function countLinks(doc: Node): number {
  const hrefs = new Set<string>()
  doc.descendants((node) => {
    for (const mark of node.marks) if (mark.type.name === "link") hrefs.add(mark.attrs.href as string)
    for (const [spelled] of (node.text ?? "").matchAll(/\b(?:https?:\/\/|www\.)[^\s/]{1,200}/gi)) hrefs.add(spelled)
  })
  return hrefs.size
}

export const decisions = ["approve", "reject", "spam"] as const
export type Decision = (typeof decisions)[number]

/** What a moderator decides about something that waits. */
export interface Verdict {
  decision: Decision
  /** In the moderator's words; public on the log. */
  reason?: string
  /** The state the moderator saw it in, so that two never decide the same: `held` unless told otherwise. */
  state?: "held" | "published"
  /** Of a comment, the version the moderator saw: its author may correct it meanwhile. */
  version?: number
}

const AFTER: Record<Decision, State> = { approve: "published", reject: "refused", spam: "spam" }

/** The state that a decision leads to. */
export function stateAfter({ decision }: Verdict): State {
  return AFTER[decision]
}

export function canModerate(viewer: Viewer): boolean {
  return isAtLeast(viewer, "moderator")
}

/** Throws `unauthenticated` for a visitor and `forbidden` for an editor. */
export function requireModerator(viewer: Viewer): User {
  if (viewer.id === null) throw new AppError("unauthenticated", "Log in as a moderator.")
  if (!canModerate(viewer)) throw new AppError("forbidden", "Only moderators may do this.")
  return { ...viewer, id: viewer.id }
}

/** Fits a line of the log. */
export const REASON_LENGTH = 200

/** A moderator's reason as stored. Throws `invalid`. */
export function readReason(raw: string): string {
  if (raw.length > 40 * REASON_LENGTH) throw invalid("reason", `A reason has at most ${REASON_LENGTH} characters; this one has ${raw.length}.`)
  const reason = raw.normalize("NFC").replace(/\s+/g, " ").replace(UNSEEN, "").trim()
  const { length } = [...reason]
  if (length > REASON_LENGTH) throw invalid("reason", `A reason has at most ${REASON_LENGTH} characters; this one has ${length}.`)
  return reason
}

/** Whether a text can be the id of a comment at all. */
export function isId(text: string): boolean {
  return /^[a-z0-9]{1,40}$/.test(text)
}

/** Where a comment stands under its page. */
export function anchorOf(comment: Pick<Comment, "id">): string {
  return `comment-${comment.id}`
}
