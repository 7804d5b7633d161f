import type { JSX } from "preact"
import { factKind, langOf, type LabelLanguage, ownNames, readingLanguages, say } from "../../editor/document/index.ts"
import { readIn } from "./model.ts"

interface InLanguage {
  page: { slug: string }
  language: LabelLanguage
}

/** The way to the page in each language, by the language's own name; and in other languages than English, what stays as it was written. */
export function LanguageSwitch({ page, language }: InLanguage): JSX.Element {
  return (
    <>
      <nav class="languages" aria-label="Languages">
        {readingLanguages.map((one) => (
          <a href={readIn(page, one)} hreflang={one} lang={one} aria-current={one === language ? "true" : undefined}>
            {ownNames[one]}
          </a>
        ))}
      </nav>
      {language !== "en" && (
        <p class="hint" {...langOf(language)}>
          {say(language, "onlyNames")} {factKind("disclaimer")?.labels[language]}.
        </p>
      )}
    </>
  )
}

/** For search engines: the same page in each language, and in whichever fits. */
export function Alternates({ page, baseUrl }: { page: { slug: string }; baseUrl: string }): JSX.Element {
  return (
    <>
      {readingLanguages.map((one) => (
        <link rel="alternate" hreflang={one} href={baseUrl + readIn(page, one)} />
      ))}
      <link rel="alternate" hreflang="x-default" href={baseUrl + readIn(page, "en")} />
    </>
  )
}
