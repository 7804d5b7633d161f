import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { habeas } from "../../helpers/command.ts"

const PASSWORD = "a long walk by the canal"

let dataDir: string

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "habeas-people-"))
  await run(["user", "add", "Ana", "--role", "administrator"], PASSWORD)
})

afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

describe("user add", () => {
  it.each([
    ["no password", "Bo", "", 2, /No password came on standard input/],
    ["a short one", "Bo", "short", 1, /at least 8 characters/],
    ["one that everybody tries", "Bo", "password123", 1, /among the first that attackers try/],
    ["bytes that are no text", "Bo", Buffer.from([0xff, 0xfe, 0xfd]), 2, /not UTF-8/],
    ["a file instead", "Bo", "x".repeat(20_000), 2, /too long/],
    ["a name that speaks for the site", "Habeas", PASSWORD, 1, /kept for the site itself/],
    ["a name that looks like another's", "АNA", PASSWORD, 1, /alphabet|taken/],
    ["a name that is taken", "ana", PASSWORD, 1, /taken/],
  ])("refuses %s", async (_what, name, input, code, message) => {
    const ended = await run(["user", "add", name, "--role", "editor"], input)
    expect(ended.err).toMatch(message)
    expect(ended.err.trim().split("\n")).toHaveLength(1)
    expect(ended).toMatchObject({ code, out: "" })
  })

  it("says everything that is wrong in one line", async () => {
    const { err } = await run(["user", "add", "B", "--role", "editor", "--email", "nowhere"], "short")
    expect(err).toMatch(/A name has.*A password has.*e-mail/)
    expect(err.trim().split("\n")).toHaveLength(1)
  })

  it("makes the account, whether or not the line of the password ends", async () => {
    expect(await run(["user", "add", "Cy", "--role", "moderator", "--email", "cy@example.org"], `${PASSWORD}\n`)).toEqual({
      code: 0,
      out: "Made the account Cy; its role is moderator.\n",
      err: "",
    })
  })
})

describe("user role", () => {
  it("refuses a person who is not there", async () => {
    expect(await run(["user", "role", "Nobody", "editor"])).toEqual({ code: 1, out: "", err: "There is no such person.\n" })
  })

  it("changes the role", async () => {
    await run(["user", "add", "Dee", "--role", "editor"], PASSWORD)
    expect(await run(["user", "role", "Dee", "moderator"])).toEqual({ code: 0, out: "The role of Dee is moderator now.\n", err: "" })
  })
})

describe("token add", () => {
  it("refuses a person who is not there", async () => {
    expect(await run(["token", "add", "Nobody"])).toMatchObject({ code: 1, out: "" })
  })

  it("prints a new token alone on a line each time", async () => {
    const one = await run(["token", "add", "Ana"])
    const two = await run(["token", "add", "Ana"])
    expect(one).toEqual({ code: 0, err: "", out: expect.stringMatching(/^habeas_[\w-]{32}\n$/) })
    expect(two.out).not.toBe(one.out)
  })
})

function run(args: string[], input: string | Buffer = "") {
  return habeas(args, { dataDir, input })
}
