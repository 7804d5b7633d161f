import type { Context } from "../context.ts"
import type { PagePanel } from "../web/panels.ts"
import { slot } from "../web/slots.ts"
import { isAtLeast } from "../web/viewer.ts"
import type { Web } from "../web/web.ts"
import { readWatches } from "./actions.ts"
import { readMailSettings } from "./mail/actions.ts"
import { WatchingPanel } from "./views.tsx"

/** Under a page's title, for people who are logged in: whether they watch it. */
export const watchPanel: PagePanel = {
  name: "watch",
  load: async () => null,
  notice: async () => <>{slot("watch")}</>,
}

/** On a person's own page: what they watch, and where mail about it goes. */
export function watchingPanel(ctx: Context): Web["accountPanels"][number] {
  return async (user) => {
    const [watches, mail] = [await readWatches(ctx, user), await readMailSettings(ctx, user)]
    return WatchingPanel({ count: watches.length, mail, isAdministrator: isAtLeast(user, "administrator") })
  }
}
