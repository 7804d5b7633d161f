// The part of tar-stream that is used here.
declare module "tar-stream" {
  import type { Readable, Writable } from "node:stream"

  interface Header {
    name: string
    type?: string | null
    size?: number
    mode?: number
    mtime?: Date
  }

  interface Pack extends Readable {
    entry(header: Header, done: (error?: Error | null) => void): Writable
    entry(header: Header, content: string, done: (error?: Error | null) => void): Writable
    finalize(): void
  }

  interface Extract extends Writable {
    on(event: "entry", listener: (header: Header, stream: Readable, next: (error?: unknown) => void) => void): this
    on(event: string, listener: (...args: unknown[]) => void): this
  }

  export function pack(): Pack
  export function extract(): Extract
}
