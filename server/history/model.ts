import type { Event, EventType } from "../events.ts"
import type { Revision } from "../pages/model.ts"

/** What a timeline can be narrowed to, by its name in the address. */
export const timelineKinds = {
  edits: "Edits",
  checks: "Checks of facts",
  reviews: "Reviews",
  linkbacks: "Links from other sites",
  protection: "Protection",
  pictures: "Pictures",
  page: "Address and deletion",
} as const
export type TimelineKind = keyof typeof timelineKinds

/** How an event is told: its kind, and the words where no teller of its feature has better ones. */
interface Telling {
  kind: TimelineKind
  words?: (event: Event) => string
}

/** Every type of event that stands on a page's timeline, a line each. */
export const TIMELINE: Partial<Record<EventType, Telling>> = {
  "page.created": { kind: "edits" },
  "page.saved": { kind: "edits" },
  "page.restored": { kind: "edits" },
  "page.renamed": { kind: "page", words: ({ subject, detail }) => `Address changed from /wiki/${detail?.from} to /wiki/${subject}` },
  "page.deleted": { kind: "page", words: () => "Page deleted" },
  "page.undeleted": { kind: "page", words: () => "Page brought back" },
  "page.protected": { kind: "protection" },
  "page.redacted": { kind: "protection", words: () => "Part of this history hidden" },
  "redaction.lifted": { kind: "protection", words: () => "What was hidden shown again" },
  "revision.reviewed": { kind: "reviews" },
  "proposal.accepted": { kind: "reviews" },
  "fact.checked": { kind: "checks" },
  "linkback.published": { kind: "linkbacks" },
  "media.uploaded": { kind: "pictures" },
  "media.described": { kind: "pictures" },
  "media.removed": { kind: "pictures" },
  "media.purged": { kind: "pictures", words: () => "A file removed for good" },
}

/** What a timeline says of an event that no teller knows better; undefined for those it leaves out then. */
export function wordsOf(event: Event): string | undefined {
  return TIMELINE[event.type]?.words?.(event)
}

/** The types of events that make a revision; their subject is its number. */
export const REVISION_EVENTS: EventType[] = ["page.created", "page.saved", "page.restored"]

export function makesRevision({ type }: { type: EventType }): boolean {
  return REVISION_EVENTS.includes(type)
}

/** The types of events of one kind of a timeline, of all without one. */
export function typesOf(kind: TimelineKind | undefined): EventType[] {
  const types = Object.entries(TIMELINE) as [EventType, Telling][]
  return types.filter(([, telling]) => kind === undefined || telling.kind === kind).map(([type]) => type)
}

/** An event of a page's timeline, with its revision where it made one and the size before it. */
export interface Entry {
  event: Event
  /** Who did it; null for visitors, for the machine and for revisions, which name their people themselves. */
  actor: string | null
  revision: Revision | null
  wordsBefore: number
}

/** What a list of recent changes can be narrowed to, by its name in the address. */
export const changeKinds = {
  edits: ["Edits", ["page.created", "page.saved", "page.restored"]],
  new: ["New pages", ["page.created"]],
  page: ["Addresses and deletions", ["page.renamed", "page.deleted", "page.undeleted"]],
  protection: ["Protection", ["page.protected"]],
  checks: ["Checks of facts", ["fact.checked"]],
} satisfies Record<string, [string, EventType[]]>
export type ChangeKind = keyof typeof changeKinds

/** What a list of changes shows when nobody narrows it: all but checks, which come by the hundred. */
export const CHANGES: EventType[] = [...changeKinds.edits[1], ...changeKinds.page[1], ...changeKinds.protection[1]]

/** Something that happened to a page, in a list of many pages. */
export interface Change {
  seq: number
  type: EventType
  pageId: string
  /** The revision's number, for changes of the text. */
  number: number | null
  slug: string
  title: string
  kind: string
  actor: string | null
  summary: string | null
  words: number | null
  wordsBefore: number | null
  /** Whether a moderator has looked at it, or nobody needs to. */
  isReviewed: boolean
  createdAt: string
}

export interface ChangeFilter {
  /** A person's id. */
  author?: string
  kind?: ChangeKind
  reviewed?: boolean
  /** Two-letter code of the state a facility is in. */
  region?: string
  /** The id of a person: only pages that they watch, in whole or in part. */
  watcher?: string
}

/** A fact that somebody checked, and the day, "2026-11-23". */
export interface CheckedFact {
  id: string
  key: string
  label: string
  checkedOn: string
}

/** The same as it stands in an address; empty where nothing is asked. */
export interface Narrowed {
  by: string
  kind: string
  reviewed: string
  state: string
  watching: string
}

/** A revision in little: for drawing how a page grew. */
export interface Size {
  number: number
  words: number
  createdAt: string
}
