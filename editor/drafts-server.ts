import type { DraftText } from "./document/draft-text.ts"

/** The server's word for a draft that it has on disk. */
export interface KeptDraft {
  version: number
  hash: string
  savedAt: string
  /** What the text would be summed up as, when that was asked for. */
  suggestion?: string
}

/** A draft of the same page that another tab has written. */
export interface OtherDraft extends DraftText {
  version: number
  hash: string
  savedAt: string
}

export interface DraftToSend extends DraftText {
  base: number
  version: number
  /** Whether a closed tab left it behind. */
  left?: boolean
  suggest: boolean
  section: string | null
  tab: string
}

/** How an attempt to keep a draft ended. */
export type Outcome =
  | { is: "kept"; kept: KeptDraft }
  | { is: "other"; draft: OtherDraft }
  | { is: "expired" }
  | { is: "refused"; reason: string }
  | { is: "unreachable" }

// A missed answer is told within five seconds.
const PATIENCE = 4_500

/** Sends a draft. `token` is the form's; a stale one is renewed once, as long as the same person is logged in. */
export async function sendDraft(form: HTMLFormElement, url: string, draft: DraftToSend): Promise<Outcome> {
  let answer = await put(form, url, draft)
  if (answer?.status === 403) {
    const session = await renewToken(form)
    if (session === "expired") return { is: "expired" }
    // The refusal was of the token: without another one the server has said nothing of the text.
    if (session === null) return { is: "unreachable" }
    if (session === "same") answer = await put(form, url, draft)
    else return { is: "refused", reason: `In this browser, ${session} is logged in now, and this text is not theirs.` }
  }
  return answer ? readAnswer(answer) : { is: "unreachable" }
}

/** Logs the form's writer in again and gives the page's forms the new token. Null when it worked, else why it did not. */
export async function logInAgain(form: HTMLFormElement, password: string): Promise<string | null> {
  await renewToken(form)
  const answer = await ask("POST", "/session", tokenOf(form), { username: form.dataset.writerName, password })
  const body = answer && (await readJson(answer))
  if (!answer || answer.status >= 500) return "The server could not be reached. Nothing is lost; please try again."
  if (answer.ok) setToken(String(body?.token))
  return answer.ok ? null : String(body?.detail ?? "This did not work.")
}

async function readAnswer(answer: Response): Promise<Outcome> {
  const body = await readJson(answer)
  if (!body || answer.status >= 500 || answer.status === 429) return { is: "unreachable" }
  if (answer.ok) return { is: "kept", kept: body as unknown as KeptDraft }
  if (answer.status === 401) return { is: "expired" }
  if (answer.status === 409 && body.draft) return { is: "other", draft: body.draft as OtherDraft }
  return { is: "refused", reason: String(body.detail ?? "It was refused.") }
}

/** Whose session this is: the writer's own, nobody's, or another person's by name. Null when that cannot be told. */
async function renewToken(form: HTMLFormElement): Promise<"same" | "expired" | string | null> {
  const answer = await ask("GET", "/session", "")
  const body = answer?.ok ? await readJson(answer) : null
  if (!body) return null
  setToken(String(body.token))
  if (body.name === null) return "expired"
  return body.name === form.dataset.writerName ? "same" : String(body.name)
}

const put = (form: HTMLFormElement, url: string, draft: DraftToSend) => ask("PUT", url, tokenOf(form), draft)

async function ask(method: string, url: string, token: string, body?: unknown): Promise<Response | null> {
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(), PATIENCE)
  try {
    const answer = await fetch(url, {
      method,
      signal: patience.signal,
      headers: { Accept: "application/json", "X-CSRF-Token": token, ...(body !== undefined && { "Content-Type": "application/json" }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    // The whole answer has to come in time, not only its beginning.
    return new Response(await answer.text(), { status: answer.status })
  } catch {
    return null
  } finally {
    clearTimeout(timer)
  }
}

async function readJson(answer: Response): Promise<Record<string, unknown> | null> {
  try {
    return (await answer.json()) as Record<string, unknown>
  } catch {
    return null
  }
}

function tokenOf(form: HTMLFormElement): string {
  return form.querySelector<HTMLInputElement>("input[name=_csrf]")?.value ?? ""
}

function setToken(token: string) {
  for (const field of document.querySelectorAll<HTMLInputElement>("input[name=_csrf]")) field.value = token
}
