const summary = `"Summary of CRCL's Recommendations and ICE's Response: Krome North Service Processing Center, 4 March 2024"`

/** What is public about the recommendations of 2023: their numbers, their dates, and one of the fourteen. */
export const crclKrome2023 = String.raw`
In August 2023 the Office for Civil Rights and Civil Liberties (CRCL) of the Department of Homeland Security made 14
recommendations to Immigration and Customs Enforcement (ICE) about [[Krome Detention Center]]: on the use of force,
and on mental health care after force was used. ICE agreed to one and refused 13. [@${summary}]

As far as is known, nothing but a summary of 4 March 2024 is public. It describes the one recommendation that ICE
agreed to, and none of the 13 others.

## Answers

::: facts
- recommendation "Made": 14 recommendations
  as of: 23 August 2023
  source: ${summary}
- recommendation "Agreed to by ICE": 1 recommendation
  as of: 15 December 2023
  source: ${summary}
  note: ICE “concurred”. Nobody outside the agency is known to have verified what it did then.
- recommendation "Refused by ICE": 13 recommendations
  as of: 15 December 2023
  source: ${summary}
  note: ICE “non-concurred”. The summary gives no reasons.
- recommendation "Agreed to in part":
  state: unknown
  source: ${summary}
  note: The summary does not speak of any. One and 13 already make 14.
- recommendation "Not public": 13 recommendations
  as of: 4 March 2024
  source: ${summary}
  note: They are known only as a number.
:::

## Dates

| Step | Date | Days between |
| --- | --- | --- |
| # Four complaints opened | January to October 2022 | |
| # Visit to Krome | February 2023, day not published | |
| # Memo with the recommendations | 23 August 2023 | 176 to 203 after the visit |
| # Answer of ICE | 15 December 2023 | 114 after the memo |
| # Public summary | 4 March 2024 | 80 after the answer, 194 after the memo |

::: facts
- inspection "Visit by CRCL": February 2023
  source: ${summary}
  note: About the use of force and mental health care, with experts under contract. Four complaints had been opened:
    of improper force, and of what it did to the mental health of the people it was used on.
:::

## The recommendation that ICE agreed to

CRCL found that Krome did not use its “Intermediate Force Weapons (IWP)” \[sic\] as their manufacturers prescribe.
[@${summary}]

By ICE's account it

- changed its policies and procedures at once and trained staff
- took these weapons away from officers in general, so that only supervisors can reach them.

This is what the agency says, passed on by CRCL. “Agreed” does not mean “done”: no check by anybody else is known.

## What is missing

- **13 recommendations**: their text, and why ICE refused them.
- **The memo of 23 August 2023** and **ICE's answer of 15 December 2023**: not public.
- **A redacted memo of the experts**: CRCL promised to publish it on its website. In the copy of the summary used here
  the link leads nowhere, and the document has not been found.

CRCL itself was reportedly cut to almost nothing on 21 March 2025, and about 550 open investigations were abandoned.
If you have one of these documents, please add it with its date.

::: facts
- report "Where CRCL published its memos": https://dhs.gov/collections/crcl-recommendation-and-investigation-memos CRCL memos on dhs.gov
  note: Nobody has confirmed that anything about Krome is still there.
:::
`
