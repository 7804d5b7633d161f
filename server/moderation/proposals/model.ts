import type { Node } from "prosemirror-model"
import { changeGroups, type Collision, type Diff } from "../../../editor/document/index.ts"
import type { Page, PageAt } from "../../pages/model.ts"

export const states = ["waiting", "accepted", "refused", "withdrawn"] as const
export type State = (typeof states)[number]

/** How a proposal was accepted: as it was, some of its changes only, or changed by the moderator before. */
export type Outcome = "whole" | "part" | "edited"

/** An edit that waits, or waited, for a moderator: a branch from the revision it was made from. */
export interface Proposal {
  id: string
  /** The id of its page. */
  page: string
  /** The number of the revision it was made from. */
  base: number
  /** Null for a guest. */
  authorId: string | null
  author: string
  title: string
  summary: string
  /** What it goes back to, takes back, and brings back a part of, as the revision it becomes will say. */
  restores: number | null
  undoes: number[]
  partOf: number | null
  /** Why it waits: each goes on after "it". */
  reasons: string[]
  /** Grows with each change by its author. */
  version: number
  state: State
  createdAt: string
  updatedAt: string
  decidedAt: string | null
  decidedBy: string | null
  /** What the moderator says to its author; public on the log. */
  reason: string
  outcome: Outcome | null
  /** The number of the revision it became. */
  revision: number | null
}

/** A proposal held against the page as it is now. */
export interface ProposalAt {
  proposal: Proposal
  page: Page
  base: PageAt
  head: PageAt
  /** The text as its author wrote it. */
  mine: Node
  /** What accepting it leads to: both texts joined, the page's where they collide. */
  merged: Node
  title: string
  /** What its author changed, in the page as it was then. */
  change: () => Diff
  /** What accepting it changes on the page now. */
  effect: () => Diff
  /** The changes of its author that can be taken by themselves. */
  parts: () => ChangePart[]
  collisions: Collision[]
  titlesCollide: boolean
  /** Whether words are masked in it, which wait for a moderator to ask for them. */
  isMasked: boolean
}

/** Proposals that one page, or one person, may have waiting: more is a flood, and nobody's work. */
export const MOST_WAITING = { page: 100, person: 30 }
/** The same text sent again within this time, in milliseconds, is the same proposal: on slow connections people press twice. */
export const TWICE = 10 * 60_000

/** A proposal with more changes than this is accepted whole, or edited: a form has no room for more. */
export const MOST_PARTS = 150

/** Changes that can only be made together: the number of the first, and what they do. */
export interface ChangePart {
  first: number
  words: string[]
}

export function changeParts(diff: Diff): ChangePart[] {
  return changeGroups(diff).map((group) => ({ first: group[0]!.number, words: group.map(({ description }) => description) }))
}

/** What a proposal has come to, for its author. */
export function stateWords({ state, outcome }: Pick<Proposal, "state" | "outcome">): string {
  if (state === "waiting") return "waits for a moderator"
  if (state !== "accepted") return state
  return { whole: "accepted", part: "accepted in part", edited: "accepted with changes by the moderator" }[outcome ?? "whole"]
}
