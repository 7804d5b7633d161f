// The shapes of what goes in and out, as JSON Schema: they check requests, write answers and describe the API. A member that is not
// named here is not in the answer.

const text = { type: "string" } as const
const orNull = { type: ["string", "null"] } as const
const count = { type: "integer" } as const
const time = { type: "string", format: "date-time", description: "ISO 8601, UTC" } as const
const flag = { type: "boolean" } as const
const texts = { type: "array", items: text } as const

/** What can be asked of in an address. */
export const asked = {
  slug: { type: "string", minLength: 1, description: "The last part of a page's address: /wiki/SLUG" },
  after: { type: "string", description: "The cursor `next` of the previous answer" },
  limit: { type: "string", pattern: "^[0-9]{1,4}$", description: "How many items, at most 200" },
  number: { type: "string", pattern: "^[0-9]{1,9}$" },
  kind: { type: "string", enum: ["facility", "source", "article"] },
} as const

const textIn = {
  document: { description: "ProseMirror JSON of the schema in editor/document/schema.ts" },
  markdown: { ...text, description: "Markdown" },
  html: { ...text, description: "HTML, cleaned to what a page may hold" },
} as const

/** A new page; of document, markdown and html exactly one. */
export const newPage = {
  type: "object",
  required: ["title", "kind"],
  properties: { title: text, slug: text, kind: asked.kind, ...textIn, summary: text },
} as const

/** A new text of a page; of document, markdown and html exactly one. */
export const newText = { type: "object", properties: { title: text, ...textIn, summary: text } } as const

export const restoration = { type: "object", required: ["restore"], properties: { restore: { type: "integer", minimum: 1, maximum: 999_999_999 }, summary: text } } as const

export const newComment = {
  type: "object",
  required: ["body"],
  properties: {
    name: { ...text, description: "Needed without a token; with one, the comment is its owner's" },
    email: { ...text, description: "Only to know a guest again; not kept" },
    body: { ...text, description: "Plain text with limited HTML" },
    parent: { ...text, pattern: "^[a-z0-9-]{1,40}$", description: "The id of the comment it answers" },
    quote: {
      type: "object",
      required: ["exact"],
      description: "What of the page it speaks of: words that stand there, and the id of the passage they stand in",
      properties: { exact: text, block: text },
    },
  },
} as const

export const decision = {
  type: "object",
  required: ["decision"],
  properties: { decision: { type: "string", enum: ["approve", "reject", "spam"] }, reason: text },
} as const

const citation = { type: "object", properties: { source: text, title: text, locator: text, quote: text } } as const

const fact = {
  $id: "Fact",
  type: "object",
  properties: {
    id: text,
    page: { ...text, description: "The slug of its page" },
    key: { ...text, description: "Its kind in the vocabulary; empty for a free row" },
    label: text,
    type: text,
    value: { description: "The value taken apart by its type; null when it is not known" },
    text: { ...text, description: "The value as readers see it" },
    state: { type: "string", enum: ["known", "unknown", "withheld", "not_applicable", "none"] },
    rank: { type: "string", enum: ["preferred", "normal", "deprecated"] },
    qualifier: text,
    sources: { type: "array", items: citation },
    asOf: orNull,
    checkedOn: { ...orNull, description: "The day, month or year it was last checked" },
    dueOn: { ...orNull, description: "The day from which that check is no longer recent" },
    note: text,
  },
} as const

const pageMembers = {
  slug: text,
  title: text,
  kind: asked.kind,
  revision: count,
  updatedAt: time,
  protection: text,
  document: { type: "object", additionalProperties: true, description: "ProseMirror JSON" },
  html: text,
  text: text,
  facts: { type: "array", items: { $ref: "Fact#" } },
} as const

const page = { $id: "Page", type: "object", properties: pageMembers } as const

const savedPage = {
  $id: "SavedPage",
  type: "object",
  properties: {
    ...pageMembers,
    merged: { ...flag, description: "Whether somebody else had saved meanwhile and both texts were joined" },
    unchanged: { ...flag, description: "Whether there was nothing to save, so that no revision was made" },
    warnings: { ...texts, description: "What was dropped or not understood, each with its place" },
  },
} as const

const pageLine = {
  $id: "PageLine",
  type: "object",
  properties: { slug: text, title: text, kind: asked.kind, revision: count, updatedAt: time },
} as const

const revision = {
  $id: "Revision",
  type: "object",
  properties: { number: count, title: text, createdAt: time, author: text, contributors: texts, summary: text, state: text, restores: { type: ["integer", "null"] }, hash: text },
} as const

const difference = {
  $id: "Difference",
  type: "object",
  properties: {
    from: count,
    to: count,
    complete: { ...flag, description: "Whether applying the changes to the one gives exactly the other" },
    changes: {
      type: "array",
      items: {
        type: "object",
        properties: { kind: text, class: text, block: orNull, part: orNull, from: orNull, to: orNull, description: text },
      },
    },
    html: text,
  },
} as const

const event = {
  $id: "Event",
  type: "object",
  properties: {
    id: { ...count, description: "Its place in the one sequence of the site; there may be gaps" },
    cursor: { ...text, description: "As `after`, leads to what happened since" },
    type: text,
    page: { ...orNull, description: "The slug of the page" },
    actor: { ...orNull, description: "The name of the person" },
    subject: { ...orNull, description: "The number of the revision, or the id of the comment or linkback" },
    createdAt: time,
  },
} as const

const searchResult = { $id: "SearchResult", type: "object", properties: { slug: text, title: text, kind: asked.kind, excerpt: text } } as const

const comment = {
  $id: "Comment",
  type: "object",
  properties: {
    id: text,
    name: text,
    html: text,
    state: text,
    parent: orNull,
    createdAt: time,
    correctedAt: { ...time, description: "When readers last saw it change, if they did" },
    resolvedBy: { type: "integer", description: "The number of the revision that did what it asks for, if one did" },
    quote: {
      type: "object",
      description: "What of the page it speaks of, in the words of `revision`; `block` is the passage that says so now, if there is one",
      properties: { exact: text, block: orNull, revision: { type: "integer" } },
    },
  },
} as const

const linkback = {
  $id: "Linkback",
  type: "object",
  properties: { id: text, protocol: text, source: text, title: text, excerpt: text, state: text, createdAt: time },
} as const

const moderationItem = {
  $id: "ModerationItem",
  type: "object",
  properties: { id: text, kind: text, page: orNull, createdAt: time, reasons: texts },
} as const

/** The answer to a text that has to be looked at first. */
export const waits = {
  type: "object",
  description: "The text is kept and waits for a review",
  properties: { proposal: { ...text, description: "Its author finds it at /wiki/SLUG/proposals/ID" } },
} as const

const problem = {
  $id: "Problem",
  type: "object",
  description: "What was wrong, as application/problem+json (RFC 9457)",
  properties: {
    type: text,
    title: text,
    status: count,
    detail: text,
    code: text,
    problems: { type: "array", items: { type: "object", properties: { field: text, message: text } } },
    base: { ...count, description: "Of a collision: the revision the refused text began with" },
    current: { ...count, description: "Of a collision: the revision that stands" },
    collisions: { type: "array", items: {}, description: "Of a collision: each place that both changed, with both texts" },
    attempt: { ...text, description: "Of a collision: the id under which the refused text is kept" },
  },
  additionalProperties: true,
} as const

const authorship = {
  $id: "Authorship",
  type: "object",
  properties: {
    slug: text,
    revision: count,
    words: count,
    contributors: {
      type: "array",
      description: "Most words first; together they have all of them",
      items: {
        type: "object",
        properties: {
          name: text,
          words: count,
          share: { type: "number", description: "From 0 to 1" },
          revisions: { type: "array", items: count, description: "The revisions that left words" },
        },
      },
    },
    blocks: {
      type: "array",
      items: {
        type: "object",
        properties: {
          id: orNull,
          runs: {
            type: "array",
            items: {
              type: "object",
              properties: { text, words: count, revision: { type: ["integer", "null"], description: "Null for what stands in the place of hidden words" }, author: orNull },
            },
          },
        },
      },
    },
  },
} as const

/** Every shape that has a name. */
export const named = [fact, page, savedPage, pageLine, revision, difference, authorship, event, searchResult, comment, linkback, moderationItem, problem] as const

type Name = (typeof named)[number]["$id"]

/** A reference to a shape by its name. */
export function ref<T extends Name>(name: T): { $ref: `${T}#` } {
  return { $ref: `${name}#` }
}

/** A list of items with the cursor that leads on. */
export function listOf(name: Name, description: string): Record<string, unknown> {
  return {
    type: "object",
    description,
    properties: { items: { type: "array", items: ref(name) }, next: { ...orNull, description: "Null at the end" } },
  }
}
