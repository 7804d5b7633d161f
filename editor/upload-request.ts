/** What the server says of a file it has kept. */
export interface Uploaded {
  src: string
  kind: "picture" | "file"
  width: number | null
  height: number | null
  bytes: number
  name: string
  /** What an earlier upload of the same picture said that it shows. */
  alt: string
}

/** As the server counts; asked here first, so that nobody waits for a refusal. */
export const LARGEST = 20 * 1024 * 1024

/** A sentence for the person who uploads. */
export class UploadRefused extends Error {}

export interface Sending {
  /** Throws `UploadRefused`. */
  done: Promise<Uploaded>
  stop(): void
}

/** Sends a file; `onPart` is told how much of it has arrived, from 0 to 1. */
export function sendFile(file: File, token: string, onPart: (part: number) => void): Sending {
  const request = new XMLHttpRequest()
  const done = new Promise<Uploaded>((resolve, reject) => {
    if (file.size > LARGEST) return reject(new UploadRefused("This file is larger than 20 MB, the most that is accepted."))
    request.upload.addEventListener("progress", (event) => event.lengthComputable && onPart(event.loaded / event.total))
    request.addEventListener("load", () => {
      const answer = readAnswer(request)
      if (answer instanceof UploadRefused) reject(answer)
      else resolve(answer)
    })
    request.addEventListener("error", () => reject(new UploadRefused("The connection broke off. The file is still here: try again.")))
    request.addEventListener("abort", () => reject(new UploadRefused("Stopped.")))
    request.open("POST", "/media")
    request.setRequestHeader("accept", "application/json")
    request.setRequestHeader("x-csrf-token", token)
    const form = new FormData()
    form.append("file", file, file.name)
    request.send(form)
  })
  return { done, stop: () => request.abort() }
}

function readAnswer({ status, responseText }: XMLHttpRequest): Uploaded | UploadRefused {
  const answer = parse(responseText)
  if (status < 300 && typeof answer.src === "string") return answer as unknown as Uploaded
  if (status === 401) return new UploadRefused("You are logged out. Log in in another tab, then try again.")
  return new UploadRefused(typeof answer.detail === "string" ? answer.detail : "The server could not take this file. Try again.")
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return {}
  }
}
