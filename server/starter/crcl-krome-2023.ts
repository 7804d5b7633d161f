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
- oversight_record: Use of force and mental health care at Krome, 2023
  source: ${summary}
- oversight_body: Office for Civil Rights and Civil Liberties (CRCL)
- oversight_agency: Immigration and Customs Enforcement (ICE)
- oversight_facility: /wiki/krome-detention-center Krome Detention Center
- oversight_form: Visit after complaints, with experts under contract
- oversight_topic: Use of force
- oversight_topic: Mental health care
- complaints: 4 complaints
  source: ${summary}
- oversight_opened: January 2022 to October 2022
- oversight_visit: February 2023
  note: The day has not been published.
- oversight_memo: 23 August 2023
- oversight_answer: 15 December 2023
- oversight_published: 4 March 2024
  note: A summary alone.
- recommendations_made: 14 recommendations
  as of: 23 August 2023
  source: ${summary}
- recommendations_agreed: 1 recommendation
  as of: 15 December 2023
  source: ${summary}
  note: ICE “concurred”. Nobody outside the agency is known to have verified what it did then.
- recommendations_partly:
  state: unknown
  source: ${summary}
  note: The summary does not speak of any. One and 13 already make 14.
- recommendations_refused: 13 recommendations
  as of: 15 December 2023
  source: ${summary}
  note: ICE “non-concurred”. The summary gives no reasons.
- recommendations_unpublished: 13 recommendations
  as of: 4 March 2024
  source: ${summary}
  note: They are known only as a number.
- recommendation_text "Use of force equipment":
  About “Intermediate Force Weapons (IWP)” [sic], which Krome did not use as their manufacturers prescribe
  source: ${summary}, Use of Force Equipment
  note: The finding; the words of the recommendation itself have not been published.
- recommendation_answer: Concurred
  as of: 15 December 2023
  source: ${summary}
- promised_action: Policies and procedures changed at once, and staff trained
  source: ${summary}
  note: Done, by ICE's account.
- promised_action: These weapons taken from officers in general, so that only supervisors can reach them
  source: ${summary}
  note: Done, by ICE's account.
- follow_up:
  state: unknown
  note: The redacted memo of the experts, which CRCL promised, would tell more. It has not been found.
- recommendation_verified:
  state: none
  note: No check by anybody but the agency is known.
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
- publisher: Office for Civil Rights and Civil Liberties (CRCL), Department of Homeland Security
- document_kind: Summary of recommendations and answers
- published_on: 4 March 2024
- document_language: English
- reliability: The office's own summary. What was done is told by the agency alone.
- report "Where CRCL published its memos": https://dhs.gov/collections/crcl-recommendation-and-investigation-memos CRCL memos on dhs.gov
  note: Nobody has confirmed that anything about Krome is still there.
:::
`
