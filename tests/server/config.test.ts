import { describe, expect, it } from "vitest"
import { ConfigError, readConfig } from "../../server/config.ts"

const read = (SMTP_URL: string, BASE_URL = "https://habeas.example") => readConfig({ SMTP_URL, BASE_URL }).smtp

describe("SMTP_URL", () => {
  it("says where mail is handed over, in whose name, and whom it is from", () => {
    expect(read("")).toBeNull()
    expect(read("smtp://mail.example")).toEqual({
      host: "mail.example", port: 587, secure: false, requireTls: false, login: null, from: "habeas@habeas.example",
    })
    expect(read("smtps://us%40er:p%25ss@mail.example:2465/?from=news@habeas.example&tls=required")).toEqual({
      host: "mail.example", port: 2465, secure: true, requireTls: true, login: { user: "us@er", pass: "p%ss" }, from: "news@habeas.example",
    })
    expect(read("smtps://[::1]")).toMatchObject({ host: "::1", port: 465 })
  })

  it.each([
    "smtp://", "smtp:///x", "smtp://mail.example/inbox", "smtp://mail.example#a", "smtp://mail.example?form=a@b.example", "smtp://mail.example?tls=no",
    "smtp://user@mail.example", "smtp://user:SECRET%zz@mail.example", "smtp://user:SECRET@mail.example?from=nobody",
    "smtp://mail.example?from=a@b.example%0d%0aBcc:c@d.example", "http://mail.example",
  ])("is refused when it is not one, and its password is not repeated: %s", (url) => {
    expect(() => read(url)).toThrow(ConfigError)
    expect(() => read(url)).toThrow(/^SMTP_URL (?!.*SECRET).*$/)
  })
})
