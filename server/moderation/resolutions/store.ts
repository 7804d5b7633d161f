import type { Reader, Transaction } from "../../storage/database.ts"

export interface MadeProposal {
  proposal: string
  comment: string
  fact: string
  state: string
}

export async function linkProposal(tx: Transaction, { proposal, comment, fact }: Omit<MadeProposal, "state">): Promise<void> {
  await tx.insertInto("comment_proposals").values({ proposal_id: proposal, comment_id: comment, fact_id: fact }).execute()
}

/** The proposals that were made from a comment, newest first. */
export function listMade(db: Reader | Transaction, comment: string): Promise<MadeProposal[]> {
  return db
    .selectFrom("comment_proposals")
    .innerJoin("proposals", "proposals.id", "comment_proposals.proposal_id")
    .select(["proposals.id as proposal", "comment_proposals.comment_id as comment", "comment_proposals.fact_id as fact", "proposals.state"])
    .where("comment_proposals.comment_id", "=", comment)
    .orderBy("proposals.created_at", "desc")
    .orderBy("proposals.id")
    .execute()
}

/** The comment that a proposal was made from, and the fact that it is about. */
export function originOfProposal(db: Reader | Transaction, proposal: string): Promise<{ comment: string; fact: string } | undefined> {
  return db.selectFrom("comment_proposals").select(["comment_id as comment", "fact_id as fact"]).where("proposal_id", "=", proposal).executeTakeFirst()
}

/** When a proposal was last accepted; undefined when it never was. */
export async function lastAccepted(db: Reader | Transaction, proposal: string): Promise<string | undefined> {
  const query = db.selectFrom("events").select("created_at as at").where("type", "=", "proposal.accepted").where("subject", "=", proposal)
  return (await query.orderBy("seq", "desc").limit(1).executeTakeFirst())?.at
}
