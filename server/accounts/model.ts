import { domainToASCII } from "node:url"
import { invalid, type Problem } from "../errors.ts"
import type { Role } from "../web/viewer.ts"

export interface Account {
  id: string
  name: string
  role: Exclude<Role, "visitor">
  email: string | null
  /** When mail to the address was seen to reach them; null for one that was only typed. */
  emailConfirmedAt: string | null
  createdAt: string
}

export const roles = ["editor", "moderator", "administrator"] as const

/** Long enough for any name people use, short enough to stand in a line of history. */
const NAME_LENGTH = { least: 2, most: 40 }
/** NIST SP 800-63B §3.1.1: at least 8 characters, long ones accepted, no rules of composition. */
const PASSWORD_LENGTH = { least: 8, most: 256 }
const EMAIL_LENGTH = 254
const RAW_LENGTH = 1_000

const NAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._'-]*$/u
/** Names that would speak for the site. */
const RESERVED = ["habeas", "habeas lists", "admin", "administrator", "moderator", "system", "root", "anonymous", "visitor"]

/** The name as stored: NFC, trimmed. Throws `invalid`. */
export function readName(raw: string): string {
  // Normalising a megabyte of accents takes minutes; no name comes near this.
  if (raw.length > RAW_LENGTH) throw invalid("username", `A name has ${NAME_LENGTH.least} to ${NAME_LENGTH.most} characters.`)
  const name = raw.normalize("NFC").trim().replace(/\s+/g, " ")
  const { least, most } = NAME_LENGTH
  const length = [...name].length
  if (length < least || length > most) throw invalid("username", `A name has ${least} to ${most} characters.`)
  if (!NAME.test(name)) throw invalid("username", "A name is made of letters, digits, spaces and . _ ' - only, and begins with a letter or digit.")
  if (hasMixedScripts(name)) throw invalid("username", "A name is written in one alphabet: mixed ones can imitate another person's name.")
  if (RESERVED.some((reserved) => nameKey(reserved) === nameKey(name))) throw invalid("username", "This name is kept for the site itself.")
  return name
}

/** What two names that look alike share, so that only one of them can be registered. */
export function nameKey(name: string): string {
  const folded = name.normalize("NFKC").toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "")
  return [...folded].map((letter) => LOOK_ALIKE[letter] ?? letter).join("").replace(/[ ._'-]+/g, "").replaceAll("rn", "m").replaceAll("vv", "w")
}

/** Throws `invalid` for a password that is too short, too long, common, or the name itself. */
export function checkPassword(password: string, name: string, isCommon: (password: string) => boolean): void {
  const { least, most } = PASSWORD_LENGTH
  const length = [...password].length
  const folded = password.toLowerCase()
  if (length < least) throw invalid("password", `A password has at least ${least} characters. A sentence is good.`)
  if (length > most) throw invalid("password", `A password has at most ${most} characters.`)
  if (isCommon(folded) || folded.includes("habeas") || folded === name.toLowerCase()) {
    throw invalid("password", "This password is among the first that attackers try. Choose another; a sentence is good.")
  }
}

/** An address as stored, or null when none was given. Throws `invalid`. */
export function readEmail(raw: string): string | null {
  const email = raw.trim()
  if (!email) return null
  const at = email.lastIndexOf("@")
  // Too long a domain is not even looked at: it is normalised there.
  const domain = email.length > EMAIL_LENGTH ? "" : domainToASCII(email.slice(at + 1))
  if (at < 1 || !domain.includes(".") || /[\s\p{C}<>"\\,;:()[\]]/u.test(email)) {
    throw invalid("email", "This does not look like an e-mail address. You may leave it empty.")
  }
  return `${email.slice(0, at)}@${domain}`
}

/** Runs each check and gathers what they refuse, so that a form can show everything at once. */
export function gather(...checks: (() => void)[]): Problem[] {
  const problems: Problem[] = []
  for (const check of checks) {
    try {
      check()
    } catch (error) {
      const found = (error as { detail?: { problems?: Problem[] } }).detail?.problems
      if (!found) throw error
      problems.push(...found)
    }
  }
  return problems
}

// Latin, Greek and Cyrillic hold the letters that are drawn alike; a name keeps to one of the three.
function hasMixedScripts(name: string): boolean {
  return [/\p{Script=Latin}/u, /\p{Script=Greek}/u, /\p{Script=Cyrillic}/u].filter((script) => script.test(name)).length > 1
}

/** Letters and digits that are drawn alike across alphabets (after Unicode TS 39, the part that names use). */
const LOOK_ALIKE: Record<string, string> = {
  а: "a", в: "b", е: "e", ѕ: "s", і: "l", ї: "l", ј: "j", к: "k", м: "m", н: "h", о: "o", р: "p", с: "c", т: "t", у: "y", х: "x", ԁ: "d", ԛ: "q", ԝ: "w", һ: "h", ӏ: "l", з: "e",
  α: "a", β: "b", ε: "e", η: "n", ι: "l", κ: "k", ν: "v", ο: "o", ρ: "p", τ: "t", υ: "u", χ: "x", ω: "w", γ: "y",
  "0": "o", "1": "l", i: "l", "3": "e", "5": "s", ı: "l", ł: "l", ø: "o", đ: "d", ħ: "h", æ: "ae", œ: "oe", ß: "ss",
}
