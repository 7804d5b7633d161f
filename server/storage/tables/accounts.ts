/** People, and how they show who they are. */
export interface AccountTables {
  users: {
    id: string
    name: string
    /** The name folded so that look-alikes meet; unique. */
    name_key: string
    email: string | null
    /** When the person showed that mail to the address reaches them; null for an address that was only typed. */
    email_confirmed_at: string | null
    password_hash: string
    role: "editor" | "moderator" | "administrator"
    created_at: string
    disabled_at: string | null
  }
  sessions: { token_hash: string; user_id: string | null; body: string; created_at: string; expires_at: string }
  tokens: { token_hash: string; user_id: string; name: string; created_at: string }
}
