import { canModerate } from "../../comments/model.ts"
import type { PersonPanel } from "../../web/panels.ts"

/** For moderators, on a person's page: the way to everything that the person did. */
export const revertsPanel: PersonPanel = async (account, viewer) =>
  canModerate(viewer) ? (
    <p>
      <a href={`/moderation/reverts?${new URLSearchParams({ name: account.name }).toString()}`}>
        Take back edits by <bdi>{account.name}</bdi>
      </a>
    </p>
  ) : null
