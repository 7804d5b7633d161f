// The part of smtp-server that is used here.
declare module "smtp-server" {
  import type { Server } from "node:net"
  import type { Readable } from "node:stream"

  interface Address {
    address: string
  }

  interface Session {
    envelope: { mailFrom: Address; rcptTo: Address[] }
  }

  type Done = (error?: Error | null) => void

  export class SMTPServer {
    constructor(options: {
      disabledCommands?: string[]
      logger?: boolean
      onRcptTo?(address: Address, session: Session, done: Done): void
      onData?(stream: Readable, session: Session, done: Done): void
    })
    readonly server: Server
    listen(port: number, host: string, done: () => void): Server
    close(done: () => void): void
  }
}
