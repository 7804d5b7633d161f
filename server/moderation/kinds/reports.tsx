import type { JSX } from "preact"
import type { Context } from "../../context.ts"
import { factPath, wiki } from "../../pages/model.ts"
import type { PageName } from "../model.ts"
import { decideReport, findReport, openReports, undecideReport } from "../reports/actions.ts"
import { causeWords, type Report } from "../reports/model.ts"
import { maskText } from "../masking/mask.ts"
import { LookForm } from "../masking/views.tsx"
import { pageNames } from "../store.ts"
import type { ItemKind, QueueItem } from "./kind.ts"

/** What readers report of facts and comments. */
export const reportKind: ItemKind = {
  name: "report",
  async list(ctx, _moderator, { state, before, limit }) {
    return state === "held" ? itemsOf(ctx, await openReports(ctx.db.read, { before, limit })) : []
  },
  async find(ctx, _moderator, key, state) {
    const report = state === "held" ? await findReport(ctx.db.read, key) : undefined
    return report?.state === "open" ? (await itemsOf(ctx, [report]))[0] : undefined
  },
  async decide(ctx, moderator, key, verdict) {
    const report = await decideReport(ctx, moderator, key, verdict)
    const page = (await pageNames(ctx.db.read, [report.page])).get(report.page)
    return { words: `${ACTS[report.state]} a report on ${page?.title ?? "a page"}`, undo: { to: report.state } }
  },
  undo: (ctx, moderator, key, undo) => undecideReport(ctx, moderator, key, String(undo.to)),
}

const ACTS: Record<Report["state"], string> = { open: "Left", accepted: "Dealt with", refused: "Refused", spam: "Marked as spam" }

async function itemsOf(ctx: Context, reports: Report[]): Promise<QueueItem[]> {
  const names = await pageNames(ctx.db.read, reports.map(({ page }) => page))
  return reports.flatMap((report) => {
    const page = names.get(report.page)
    if (!page) return []
    return [
      {
        id: `report-${report.id}`,
        kind: "report",
        page,
        createdAt: report.createdAt,
        reasons: [...report.reasons],
        author: null,
        title: report.kind === "fact" ? "Report on a fact of" : "Report on a comment on",
        content: async () => <ReportContent report={report} page={page} />,
        choices: { approve: "Dealt with", reject: "Nothing to do", spam: "Spam" },
        ...(report.kind === "fact" && { edit: factPath(page, report.subject) }),
      },
    ]
  })
}

function ReportContent({ report, page }: { report: Report; page: PageName }): JSX.Element {
  // A fact is public as it is.
  const said = report.kind === "comment" ? maskText(report.said) : report.said
  return (
    <div class="report">
      <p>
        <strong>{causeWords(report)}</strong>
      </p>
      <blockquote>
        <bdi>{said}</bdi>
      </blockquote>
      {report.note && (
        <p>
          <bdi>{maskText(report.note)}</bdi>
        </p>
      )}
      {said + maskText(report.note) !== report.said + report.note && <LookForm item={`report-${report.id}`} />}
      {report.kind === "comment" && (
        <p>
          <a href={`${wiki(page)}/comments/${report.subject}`}>The comment</a> ·{" "}
          <a href={`/moderation/redactions/new?page=${encodeURIComponent(page.slug)}&part=comment&comment=${report.subject}`}>Hide it</a>
        </p>
      )}
    </div>
  )
}
