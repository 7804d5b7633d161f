import { describe, expect, it } from "vitest"
import { line } from "../../../server/notifications/mail/letter.tsx"

describe("a header", () => {
  it.each(["Krome\r\nBcc: victim@example.org", "Krome\nX: y", "Krome\u2028Bcc: a", "Krome\u0085Bcc: a", "Krome\u0000"])("stays one line: %j", (text) => {
    expect(line(text)).toMatch(/^[^\p{C}\p{Zl}\p{Zp}]*$/u)
  })

  it("is bounded, and whole letters are left of it", () => {
    expect([...line("👩‍👩‍👧".repeat(200))].length).toBeLessThanOrEqual(150)
  })
})
