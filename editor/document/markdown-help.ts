/** The Markdown of pages in a few lines, for those who write in it: what to type, and what it becomes. */
export const markdownHelp: readonly { type: string; get: string }[] = [
  { type: "## Visits", get: "a heading; ### and #### are smaller ones" },
  { type: "An empty line", get: "a new paragraph; a backslash at the end of a line keeps the line break" },
  { type: "- item", get: "a list; 1. makes a numbered one; indent by two blanks to nest" },
  { type: "**important** and _stressed_", get: "bold and italic words" },
  { type: "[the words](https://example.org)", get: "a link; also to /wiki/page, mailto: and tel:" },
  { type: "[[Page title]]", get: "a link to a page of this wiki" },
  { type: "[@page-name, p. 3]", get: "a citation of a page of this wiki" },
  { type: '[@<https://example.org/report.pdf> "Report", p. 3]', get: "a citation of a document on the web" },
  { type: "[Buenos días]{lang=es}", get: "words in another language" },
  { type: "> words", get: "a quotation" },
  {
    type: "| Day | Hours |\n| --- | --- |\n| # Saturday | 8 to 10 |",
    get: "a table; a cell that begins with # is a heading",
  },
  { type: "---", get: "a line across the page" },
  { type: "::: address\nStreet and number\nCity, State ZIP\n:::", get: "an address" },
  { type: "::: notice warning\nWords\n:::", get: "a notice; info, warning or danger" },
  { type: "::: figure\n![What it shows](/media/gate.jpg)\nThe caption\n:::", get: "a picture" },
  {
    type: '::: facts\n- phone "Main line": (305) 207-2001\n  checked: 11 November 2026\n  source: page-name, p. 3\n:::',
    get: "facts; also note, as of, rank (preferred, deprecated) and state (unknown, withheld, not applicable, none)",
  },
  { type: "\\*", get: "a star; a backslash takes its meaning from any sign" },
]
