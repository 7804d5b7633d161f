import { crclKrome2023 } from "./crcl-krome-2023.ts"
import { howHabeasWorks } from "./how-habeas-works.ts"
import { kromeDetentionCenter } from "./krome-detention-center.ts"

/** A page as an empty site begins with it; `markdown` is read as that of any other page. */
export interface StarterPage {
  slug: string
  title: string
  kind: "facility" | "source" | "article"
  summary: string
  markdown: string
}

/** The first pages of an empty site in the order they are made: how to read it, a source, the facility that cites it. */
export function starterPages(): StarterPage[] {
  return [
    {
      slug: "how-habeas-works",
      title: "How Habeas works",
      kind: "article",
      summary: "How to read, correct and look after a page",
      markdown: howHabeasWorks,
    },
    {
      slug: "crcl-krome-2023",
      title: "Civil-rights recommendations for Krome, 2023",
      kind: "source",
      summary: "What is public about the 14 recommendations of 2023",
      markdown: crclKrome2023,
    },
    {
      slug: "krome-detention-center",
      title: "Krome Detention Center",
      kind: "facility",
      summary: "What a guide of about 2012 told, each old fact marked, and what is known since",
      markdown: kromeDetentionCenter,
    },
  ]
}
