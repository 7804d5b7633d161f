import { Fragment, type Node } from "prosemirror-model"
import { blockWithoutWords, type Change, type Diff, diffDocuments, pageSchema } from "../../../editor/document/index.ts"
import { publicText, sharing } from "../../pages/actions.ts"
import { heldWords } from "../held-words.ts"
import { MASK, maskText } from "../masking/mask.ts"
import { type ChangePart, changeParts, type Proposal, type ProposalAt } from "./model.ts"

/** A proposal as moderators see it before they ask for more: the words for which it waits are masked, wherever they stand in it. */
export function maskProposal(at: ProposalAt): ProposalAt {
  const { proposal, base, head, mine, merged, collisions } = at
  const published = `${publicText(base)}\n${publicText(head)}`
  const { author } = maskLine(proposal)
  const words = heldWords({ title: proposal.title, doc: mine, summary: proposal.summary }, base.doc, published)
  if (words.length === 0) return author === proposal.author ? at : { ...at, proposal: { ...proposal, author } }

  const maskWords = (text: string) => words.reduce((left, one) => left.replaceAll(one, MASK), text)
  const mask = (doc: Node) => maskDocument(doc, { words, bases: [base.doc, head.doc], published })
  const maskOrNull = (doc: Node | null) => doc && mask(doc)
  const hidden = { title: maskWords(proposal.title), summary: maskWords(proposal.summary) }
  const [shown, joined, title] = [mask(mine), mask(merged), maskWords(at.title)]
  const change = () => diffDocuments(base.doc, shown, { fromTitle: base.revision.title, toTitle: hidden.title })
  return {
    ...at,
    proposal: { ...proposal, ...hidden, author },
    mine: shown,
    merged: joined,
    title,
    change,
    effect: () => diffDocuments(head.doc, joined, { fromTitle: head.revision.title, toTitle: title }),
    parts: () => maskParts(at.change(), change()),
    collisions: collisions.map((one) => ({ ...one, mine: maskOrNull(one.mine), theirs: maskOrNull(one.theirs) })),
    isMasked: true,
  }
}

/** The same of what a list says of a proposal; the name of an account has been looked at when it was made. */
export function maskLine(proposal: Proposal): Proposal {
  const author = proposal.authorId === null ? maskText(proposal.author) : proposal.author
  return { ...proposal, author, summary: maskText(proposal.summary) }
}

interface Masking {
  words: string[]
  bases: Node[]
  published: string
}

/** The document without the words, but for blocks that are public as they stand. */
function maskDocument(doc: Node, { words, bases, published }: Masking): Node {
  const open = pageSchema.node("doc", null, bases.flatMap(({ children }) => children))
  const isOpen = new Set(open.children)
  const cover = (block: Node) => words.reduce((left, one) => blockWithoutWords(left, { words: one, by: MASK }), block)
  const eachNew = (from: Node, change: (block: Node) => Node) =>
    from.copy(Fragment.from(from.children.map((block) => (isOpen.has(block) ? block : change(block)))))
  const masked = eachNew(bases.reduce(sharing, doc), cover)
  if (heldWords({ title: "", doc: masked, summary: "" }, open, published).length === 0) return masked
  // What stands across blocks, or otherwise in an attribute, is not to be told apart: all that is new is masked then.
  return eachNew(masked, ({ attrs }) => pageSchema.node("paragraph", { id: attrs.id }, pageSchema.text(MASK)))
}

/** The changes to choose from, by the numbers that they have without masks. */
function maskParts(whole: Diff, masked: Diff): ChangePart[] {
  const isSame = ({ kind, block }: Change, at: number) => kind === masked.changes[at]!.kind && block === masked.changes[at]!.block
  const isAlike = whole.changes.length === masked.changes.length && whole.changes.every(isSame)
  const shown = new Set(masked.changes.map(({ description }) => description))
  const words = new Map(
    whole.changes.map(({ description }, at) => {
      if (isAlike) return [description, masked.changes[at]!.description]
      return [description, shown.has(description) ? description : "Something that is masked"]
    }),
  )
  return changeParts(whole).map((part) => ({ ...part, words: part.words.map((one) => words.get(one)!) }))
}
