import { createHash, randomBytes } from "node:crypto"
import type { RevisionRow } from "./store.ts"

/** What of a revision can be withheld alone. Its text is in its blocks, which are covered by their hashes as it is. */
export const sealedParts = ["title", "summary", "names"] as const
export type SealedPart = (typeof sealedParts)[number]

/** Of random bytes: the words of a summary can be guessed from a bare hash of them, not from one that covers these as well. */
const SEED_BYTES = 9

/** A seal of which parts were withheld: of each part either what hides it in its commitment or, once it is gone, the commitment. */
type Opened = Record<SealedPart, { salt: string } | { gone: string }>

type Sealed = Pick<RevisionRow, "pageId" | "number" | "title" | "authorId" | "contributorIds" | "summary" | "createdAt"> &
  Pick<RevisionRow, "restores" | "undoes" | "partOf" | "seal">

/** The seal of a new revision: short, random, kept beside it. */
export function newSeal(): string {
  return randomBytes(SEED_BYTES).toString("base64url")
}

/**
 * The hash of a revision. It covers its parent's hash, so that no revision can be altered, removed or put between (DESIGN.md §2.2), its
 * time, the hashes of its blocks, and its title, summary and people each as a commitment: the hash of the part and a salt. So a part can
 * go and the chain still verifies. To withhold parts for good:
 *
 * 1. `seal = withhold(row, parts)` with the row as it is,
 * 2. write `seal`, and anything at all over the columns of those parts (`title`; `summary`; `author_id` and `contributors`).
 *
 * `revisionHash` of the row is then the same as before, and nobody can try out what the parts said. The text is withheld by emptying
 * blocks (`emptyBlocks`): their hashes stay. Null where it can't be told any more: a revision from before there were seals
 * (`seal` is null) was hashed as a whole, so with a part withheld only the next revision's hash, which covers its own, holds it in place.
 */
export function revisionHash(row: Sealed, parent: string | null, blockHashes: readonly string[]): string | null {
  const { pageId, number, title, authorId, contributorIds, summary, restores, undoes, partOf, createdAt, seal } = row
  if (seal === null) return hash([parent, pageId, number, title, authorId, contributorIds, summary, restores, createdAt, blockHashes])
  if (seal === WHOLE) return null
  const commitments = sealedParts.map((part) => commitment(row, part))
  return hash([parent, pageId, number, ...commitments, restores, undoes, partOf, createdAt, blockHashes])
}

/** The seal for the same revision once what it says in `parts` is gone. */
export function withhold(row: Sealed, parts: readonly SealedPart[]): string {
  if (row.seal === null || row.seal === WHOLE) return WHOLE
  const opened = open(row.seal)
  for (const part of parts) opened[part] = { gone: commitment(row, part) }
  return JSON.stringify(opened)
}

/** The parts that are gone; all of them where it is not known which. */
export function withheldParts(seal: string | null): SealedPart[] {
  if (seal === WHOLE) return [...sealedParts]
  if (!seal?.startsWith("{")) return []
  const opened = open(seal)
  return sealedParts.filter((part) => "gone" in opened[part])
}

/** Marks a revision that was hashed as a whole and is whole no longer. */
const WHOLE = "whole"

function commitment(row: Sealed, part: SealedPart): string {
  const kept = open(row.seal!)[part]
  return "gone" in kept ? kept.gone : hash([kept.salt, part, contentOf(row, part)])
}

function contentOf(row: Sealed, part: SealedPart): unknown {
  return part === "names" ? [row.authorId, ...row.contributorIds] : row[part]
}

// Each part has a salt of its own, so that those that stay tell nothing of one that goes.
function open(seal: string): Opened {
  if (seal.startsWith("{")) return JSON.parse(seal) as Opened
  const salts = sealedParts.map((part) => [part, { salt: hash([seal, part]) }] as const)
  return Object.fromEntries(salts) as Opened
}

function hash(covered: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(covered)).digest("base64url")
}
