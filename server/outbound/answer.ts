/** What is asked of another site. */
export interface Question {
  method?: "GET" | "HEAD" | "POST"
  /** Sent with POST. */
  body?: string
  headers?: Record<string, string>
  /** Whether headers will do: an answer that is no text comes without its body instead of being refused. */
  headersWillDo?: boolean
  /** Ends it early: the site stops. */
  signal?: AbortSignal
}

/** What another site answered. */
export interface Answer {
  /** Where the answer came from, after redirects. */
  url: string
  status: number
  /** All values of each header, names in small letters. */
  headers: Record<string, string[]>
  /** The media type without its parameters; empty when it was not said. */
  type: string
  /** Empty for HEAD. */
  body: Buffer
}
