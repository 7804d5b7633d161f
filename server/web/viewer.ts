export type Role = "visitor" | "editor" | "moderator" | "administrator"

/** Who is asking. Passed to every action and question; never ambient. */
export interface Viewer {
  /** The user's id; null for a visitor. */
  readonly id: string | null
  readonly name: string
  readonly role: Role
}

export interface User extends Viewer {
  readonly id: string
}

export const visitor: Viewer = Object.freeze({ id: null, name: "", role: "visitor" })

const RANK: Record<Role, number> = { visitor: 0, editor: 1, moderator: 2, administrator: 3 }

/** Whether the viewer may do what `role` may. */
export function isAtLeast(viewer: Viewer, role: Role): boolean {
  return RANK[viewer.role] >= RANK[role]
}

declare module "fastify" {
  interface FastifyRequest {
    viewer: Viewer
  }
}
