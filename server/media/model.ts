import { invalid } from "../errors.ts"
import { isAtLeast, type Viewer } from "../web/viewer.ts"

export const formats = ["jpg", "png", "webp", "gif", "pdf"] as const
export type Format = (typeof formats)[number]

export const CONTENT_TYPES: Record<Format, string> = {
  jpg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  gif: "image/gif",
  pdf: "application/pdf",
}

/** Bytes of one upload: a photograph of any phone, a long report. */
export const LARGEST = 20 * 1024 * 1024
/** Width times height times pictures of an animation: what a phone takes, and no more memory than one machine has. */
export const MOST_PIXELS = 64_000_000
/** WebP knows no longer side than 16,383. */
export const LONGEST_SIDE = 16_000

/** A narrower copy of a picture, as WebP. */
export interface Size {
  width: number
  bytes: number
  sha256: string
}

/** A file as it is kept: by the hash of its content, the same for everybody who uploads it. */
export interface StoredFile {
  /** The first 40 hexadecimal digits of the content's SHA-256. */
  hash: string
  format: Format
  /** Pixels; null for a PDF. */
  width: number | null
  height: number | null
  bytes: number
  sizes: Size[]
}

/** What people say of a picture or file. */
export interface Description {
  /** What it shows, for people who cannot see it. */
  alt: string
  caption: string
  /** Under which terms it may be used. */
  licence: string
  /** Who made it, where it was found. */
  source: string
}

/** One state of an item: a file and its description. A change of either makes a new one. */
export interface Version extends StoredFile, Description {
  mediaId: string
  number: number
  /** The file's name, cleaned. */
  name: string
  authorId: string
  author: string
  createdAt: string
}

/** A picture or file with a history. Pages keep the file they were saved with. */
export interface Media {
  id: string
  current: Version
}

const LENGTHS: Record<keyof Description, number> = { alt: 2000, caption: 2000, licence: 300, source: 500 }
const LABELS: Record<keyof Description, string> = {
  alt: "The description",
  caption: "The caption",
  licence: "The licence",
  source: "The source",
}
const NAME_LENGTH = 100
// Control, format (bidirectional, zero-width), private and half characters.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu

/** The description as stored: each part one line of visible characters. Throws `invalid`. */
export function readDescription(raw: Partial<Record<keyof Description, string>>): Description {
  return { alt: line("alt", raw.alt), caption: line("caption", raw.caption), licence: line("licence", raw.licence), source: line("source", raw.source) }
}

function line(field: keyof Description, raw = ""): string {
  const most = LENGTHS[field]
  if (raw.length > most * 4) throw invalid(field, `${LABELS[field]} has at most ${most} characters.`)
  const text = raw.normalize("NFC").replace(/\s+/g, " ").replace(UNSEEN, "").trim()
  if (text.length > most) throw invalid(field, `${LABELS[field]} has at most ${most} characters; this one has ${text.length}.`)
  return text
}

/** A file's name as it is shown and offered for saving: no path, nothing unseen, the ending that its content has. */
export function cleanName(raw: string, format: Format): string {
  const last = raw.slice(-1000).split(/[/\\]/).at(-1)!
  const visible = last.normalize("NFC").replace(UNSEEN, "").replace(/[^\p{L}\p{M}\p{N} ._()-]/gu, "-").replace(/\s+/g, " ")
  const dot = visible.lastIndexOf(".")
  const stem = (dot > 0 ? visible.slice(0, dot) : visible).replace(/^[ .-]+|[ .-]+$/g, "")
  return `${[...stem].slice(0, NAME_LENGTH).join("").trim() || "file"}.${format}`
}

/** That somebody wants a file of an item removed for good, or that it was. */
export interface PurgeOfFile {
  mediaId: string
  /** The newest version that has the file. */
  number: number
  askedBy: string
  asker: string
  askedAt: string
  purgedAt: string | null
}

/** The address of a file, or of a narrower copy of a picture. */
export function mediaUrl({ hash, format }: Pick<StoredFile, "hash" | "format">, width?: number): string {
  return width === undefined ? `/media/${hash}.${format}` : `/media/${hash}-${width}.webp`
}

/** The address of the page about an item. */
export function itemUrl({ id }: Pick<Media, "id">): string {
  return `/media/item/${id}`
}

export function canUpload(viewer: Viewer): boolean {
  return isAtLeast(viewer, "editor")
}

export function canRemove(viewer: Viewer): boolean {
  return isAtLeast(viewer, "moderator")
}

/** Fits a line of the public log. */
export const REASON_LENGTH = 200

/** Why a file is taken away, as stored. Throws `invalid`. */
export function readReason(raw: string): string {
  if (raw.length > 40 * REASON_LENGTH) throw invalid("reason", `A reason has at most ${REASON_LENGTH} characters; this one has ${raw.length}.`)
  const reason = raw.normalize("NFC").replace(/\s+/g, " ").replace(UNSEEN, "").trim()
  if (reason === "") throw invalid("reason", "Say why: the reason stands on the public log.")
  if (reason.length > REASON_LENGTH) throw invalid("reason", `A reason has at most ${REASON_LENGTH} characters; this one has ${reason.length}.`)
  return reason
}
