import type { Context } from "../../context.ts"
import { date, Time } from "../../web/dates.tsx"
import type { Web } from "../../web/web.ts"
import { ATTEMPT_LIFETIME, wiki } from "../model.ts"
import { readAttempts } from "./actions.ts"

/** What a person could not save because somebody else changed the same words, on `/account`; nothing where there is none. */
export function attemptsPanel(ctx: Context): Web["accountPanels"][number] {
  return async (user) => {
    const attempts = await readAttempts(ctx, user)
    if (attempts.length === 0) return null
    return (
      <section id="attempts">
        <h2>Texts that were refused</h2>
        <p>Somebody else had changed the same words. Your texts are kept here for 30 days; open one to decide what should stand.</p>
        <ul>
          {attempts.map(({ id, slug, title, pageTitle, createdAt }) => (
            <li>
              <a href={`${wiki({ slug })}/attempts/${id}`}>{title}</a>
              {title !== pageTitle && `, now “${pageTitle}”`}, refused <Time at={createdAt} exact />, kept until{" "}
              {date(new Date(Date.parse(createdAt) + ATTEMPT_LIFETIME).toISOString())}
            </li>
          ))}
        </ul>
      </section>
    )
  }
}
