let loaded: Promise<Set<string>> | undefined

/** The passwords that leaks show most often, lower-cased. Loaded at the first need: a reader's server has none. */
export function commonPasswords(): Promise<Set<string>> {
  loaded ??= import("@zxcvbn-ts/language-common").then(
    ({ dictionary }) => new Set(dictionary["passwords-common"].map((password) => String(password).toLowerCase())),
  )
  return loaded
}
