// Where the facts come from. A source that is not linked has no address that anybody checked.
const older = `"Immigration Detention Justice Center: Krome Detention Center, about 2012"`
const icePage =
  `<https://www.ice.gov/detain/detention-facilities/krome-north-service-processing-center> "ICE: Krome North Service Processing Center"`
const iceFigures = `"ICE detention statistics, fiscal year 2026, to 2 April 2026"`
const headCounts = `"Deportation Data Project: daily head counts at ICE facilities, to 10 March 2026"`
const places = `"Deportation Data Project: list of ICE facilities"`
const boundaries = `"HIFLD: Prison Boundaries, 2024"`
const crcl = `crcl-krome-2023 "Civil-rights recommendations for Krome, 2023"`

/** The facts of a guide of about 2012, the old ones marked as such, with what is known since. */
export const kromeDetentionCenter = String.raw`
Krome, in Miami, Florida, is one of the best-known immigration detention centers in the United States. Immigration and
Customs Enforcement (ICE) holds people here whose deportation case is open, or who are about to be deported. Its
official name is Krome North Service Processing Center.

::: notice danger
**Do not travel with money, and do not pay anybody who calls you.** As a rule, ICE takes bonds online: see
[Bond](#b-bond). If somebody calls and asks for money to free a person, it may be fraud, even if they know the
person's name. Hang up and call the center yourself.

[**No viaje con dinero ni le pague a nadie que lo llame.** Por regla general, las fianzas se pagan por internet.
Cuelgue y llame usted al centro: [(305) 207-2001](tel:+13052072001).]{lang=es}
:::

Much of this page comes from a guide of about 2012. What is old or wrong says so beside it. Call before you travel or
pay.

## Contact a person inside

The staff do not put calls through to a person detained. [@${older}] Leave a message; the person calls you back. Have
the full name and the A-number ready: the “alien number” on papers from ICE and the court, an A and up to nine digits.
Do not post it anywhere.

### Call

::: facts
- phone "Main line": (305) 207-2001
  as of: January 2024
  source: ${boundaries}
  source: ${icePage}
  source: ${older}
  note: From 8 a.m. to 4 p.m., ICE's page reportedly says. A receptionist asked for name and A-number in about 2012.
- leave_message "Urgent message for a person": (305) 207-2202
  rank: preferred
  source: ${icePage}
  note: The number that ICE's page reportedly gives now. Say your number, and a day and hour at which you will answer.
- phone_menu "Message, old menu": Call (305) 207-2001, press 1, then 5, then 4
  rank: deprecated
  as of: ~2012
  source: ${older}
  note: Probably changed. ICE's page now reportedly gives (305) 207-2202 for urgent messages.
- locator "Not sure where the person is?": https://locator.ice.gov/ ICE detainee locator
  note: It does not show children, nor people who were moved in the last hours.
:::

### Pay for calls and messages

::: facts
- calls_from_inside "Account for calls": GettingOut (ViaPath), gettingout.com
  rank: preferred
  source: ${icePage}
  note: ICE's page reportedly names it. Companies change (ICE's list of 2017 says Talton): ask the center before you
    pay.
- video_tablet: Tablets inside, through gettingout.com
  source: ${icePage}
- calls_from_inside "Account for calls, old company": Telmate, online or at the kiosk in the lobby
  rank: deprecated
  as of: ~2012
  source: ${older}
  note: Telmate is now GettingOut (ViaPath). Calls to family and friends were not free in about 2012.
- calls_from_inside "Telephone of the old company": (866) 516-0115
  type: phone
  rank: deprecated
  as of: ~2012
  source: ${older}
  note: The customer line of Telmate then. Nobody has confirmed who answers it now, so pay nothing on this number.
:::

### Send money

::: facts
- send_money (ask the center before you pay):
  state: unknown
  note: Nobody has confirmed how it is done now. Ask the center or the company for calls first: what is accepted, made
    out to whom, and what it costs.
- send_money "Send money, old rule": U.S. postal money order only
  rank: deprecated
  as of: ~2012
  source: ${older}
  note: Probably no longer true, so do not buy one because of it: ask the company or the center first. Do not bring
    money to the gate.
:::

### Write a letter

::: facts
- mail_address:
  {FULL NAME}, {A-NUMBER}
  Krome Service Processing Center
  18201 SW 12th Street
  Miami, Florida 33194
  as of: ~2012
  source: ${older}
  note: The street is that of ICE's list of 2026. The first line is not confirmed since about 2012; the booking number
    belonged on it then, too. Ask before you send anything that matters.
:::

## Visiting

Before you set out, call and ask: Is the person still here? On which day and at which hour may they be visited? Which
identification do I need? May children come?

If your own immigration status is uncertain, talk to a lawyer first: visitors may be questioned.

::: facts
- street_address:
  18201 SW 12th Street
  Miami, Florida 33194
  as of: April 2026
  source: ${iceFigures}
  source: ${boundaries}
  source: ${older}
- visiting_hours: Sa,Su 08:00-10:30,13:00-15:30
  rank: deprecated
  as of: ~2012
  source: ${older}
  note: Probably changed. Even in 2008 ICE had last names A to L come on Saturday, M to Z on Sunday, and other hours
    on holidays. Call (305) 207-2001 before you go.
:::

## Getting released

### Bond

Not everybody held at Krome can get a bond. [@${older}] Whether a person can, ask a lawyer or the immigration court.

::: facts
- bond_posting "Pay a bond" (since June 2023):
  Online at ICE's CeBONDS website, by bank transfer (Fedwire or ACH). Do not bring money to Krome.
  rank: preferred
  as of: June 2023
  note: The rule, as reported; there can be exceptions. Ask ICE or a lawyer for the right web address, and follow no
    link that a stranger sends.
- bond_posting "Who may pay" (since June 2023):
  A U.S. citizen, a lawful permanent resident, a law firm or a nonprofit organization
  rank: preferred
  as of: June 2023
  note: As reported. A driver's license counts as identification only if it is a REAL ID.
- bond_posting "Pay a bond, old rule":
  In person at any ICE (ERO) field office; people got out sooner when it was paid at Krome
  rank: deprecated
  as of: ~2012
  source: ${older}
  note: Wrong now. Do not go there to pay: bonds are paid online, as a rule, since June 2023.
- bond_posting "Who may pay, old rule":
  U.S. citizens with passport and driver's license; lawful permanent residents with their resident card
  rank: deprecated
  as of: ~2012
  source: ${older}
  note: Law firms and nonprofit organizations may pay, too, and a license has to be a REAL ID.
:::

### On the day of release

::: facts
- release_logistics:
  ICE drives nobody to the airport or a bus station: relatives come, or a taxi to Miami International Airport
  as of: ~2012
  source: ${older}
  note: Said by a deportation assistant at Krome; not confirmed since about 2012. Ask when, and at which gate.
:::

## Deportation officers

The officers work inside the center. [@${older}]

::: facts
- deportation_officer: (305) 207-2001
  as of: ~2012
  source: ${older}
  note: The main line. Ask for a deportation assistant, who finds the officer by the last three digits of the
    A-number. Not confirmed since about 2012.
- phone_menu "Officers, old menu": Press 1 for English or 2 for Spanish, then 4 for a deportation assistant
  type: text
  rank: deprecated
  as of: ~2012
  source: ${older}
  note: Probably changed. If it fails, call again and wait for the receptionist.
:::

## Court and judges

Most people can defend themselves before an immigration judge, unless they were deported before or have only just
arrived, says the guide of about 2012. ICE holds them, it says, because it thinks that they would flee or are a danger.
[@${older}] Ask a lawyer what holds now.

::: facts
- court_hotline "Court dates by telephone": (800) 898-7180
  note: The national line of the immigration courts, as reported. It is not a number of Krome. Have the A-number
    ready.
- immigration_court: Krome Immigration Court, inside the center
  as of: ~2012
  source: ${older}
  note: Also called Krome SPC Immigration Court. Not confirmed since about 2012.
- judges "Judge": Rex J. Ford
  rank: deprecated
  as of: ~2012
  source: ${older}
  note: The judges have changed many times since.
- judges "Judge": Kenneth S. Hurewitz
  rank: deprecated
  as of: ~2012
  source: ${older}
  note: The judges have changed many times since.
- judges "Judge": Adam Opaciuch
  rank: deprecated
  as of: ~2012
  source: ${older}
  note: The judges have changed many times since.
- judges "Judge": Denise N. Slavin
  rank: deprecated
  as of: ~2012
  source: ${older}
  note: The judges have changed many times since.
- case_time "Longest wait for a judge": 3 weeks
  rank: deprecated
  as of: ~2012
  source: ${older}
  note: Counted from the arrest. No newer figure is on this page.
- case_time "Average length of a case" (fiscal year 2011): 82 days
  as of: 2011
  source: ${older}
  note: A figure of that one year. It says nothing about a case now.
:::

## Numbers

How many people Krome has room for is disputed; the claims below stand side by side.

::: facts
- population "People held, average night" (January to 10 March 2026): 818 people
  rank: preferred
  as of: 10 March 2026
  source: ${headCounts}
- population "Most people held in one night": 1,943 people
  as of: 25 June 2025
  source: ${headCounts}
  note: Counted at midnight.
- population "People held, average": ~600 people
  rank: deprecated
  as of: ~2012
  source: ${older}
  note: It was 818 on an average night of early 2026.
- population "People held" (since 2006): 550-875 people
  rank: deprecated
  as of: ~2012
  source: ${older}
  note: From 2006 to about 2012. In June 2025 more than twice as many were held.
- capacity (press): 600 people
  as of: 2025
  source: "Associated Press, 2025"
- capacity (guaranteed minimum): 450 people
  as of: April 2026
  source: ${iceFigures}
- capacity (ICE list of facilities): 611 people
  as of: November 2017
  source: "ICE facility list, 6 November 2017"
- capacity (according to ICE, with tents): 1,000 people
  rank: deprecated
  as of: ~2012
  source: ${older}
  note: ICE's claim when it was accused of overcrowding. Its own list of 2017 says 611.
- capacity (limit set by the American Correctional Association): 226 people
  as of: ~2012
  source: ${older}
  note: The guide gives no year for it. Not confirmed since about 2012.
- length_of_stay (fiscal year 2026): 24.6 days
  rank: preferred
  as of: 2 April 2026
  source: ${iceFigures}
- length_of_stay: 30-90 days
  rank: deprecated
  as of: ~2012
  source: ${older}
  note: ICE's average for fiscal year 2026 is 24.6 days. A few people stayed for more than a year, because travel
    papers for them were hard to get.
- criminality (fiscal year 2026): 56 %
  rank: preferred
  as of: 2 April 2026
  source: ${iceFigures}
  note: On average 482.7 of 860.1 people stood in the column that ICE calls “Male Non-Crim”.
- criminality "Share with no criminal history": About a third
  type: text
  rank: deprecated
  as of: ~2012
  source: ${older}
  note: In ICE's figures for 2026 more than half have no conviction. In about 2012 people were held in three separate
    groups, by how serious their criminal record was.
- nationalities:
  Mostly Haitians (since 2009); then Mexicans, Guatemalans, Chinese and Salvadorans; more than 30 others
  rank: deprecated
  as of: ~2012
  source: ${older}
  note: No newer list is on this page.
:::

## Oversight

In August 2023 the civil-rights office (CRCL) of the Department of Homeland Security made [14
recommendations](/wiki/crcl-krome-2023) about force and mental health care at Krome. ICE agreed to one and refused 13.
[@${crcl}, Answers] The 13 have not been published. [@${crcl}, What is missing]

::: facts
- recommendation "Made in August 2023": 14 recommendations
  as of: 23 August 2023
  source: ${crcl}, Answers
- recommendation "Agreed to by ICE": 1 recommendation
  as of: 15 December 2023
  source: ${crcl}, Answers
  note: “Agreed” is what ICE says. Nobody else is known to have verified it.
- recommendation "Refused by ICE": 13 recommendations
  as of: 15 December 2023
  source: ${crcl}, Answers
- inspection "Last inspection in ICE's list": 1 May 2025
  source: ${iceFigures}
  note: By ICE's own Office of Detention Oversight. Result as listed: Pass.
:::

## History and criticism

The number of people held has risen and fallen with events in Central and South America. The press and advocates have
accused the center of mistreating people; those held there have protested and gone on strike. [@${older}]

The guide of about 2012 names no document for these events. If you know one, please add it as a source.

::: facts
- timeline "Opening": 1980
  source: ${older}
  note: Krome opens to house refugees from Cuba and Haiti.
- timeline "Abuse investigated": 1990
  source: ${older}
  note: The Department of Justice and the FBI look into allegations of physical and sexual abuse. They bring no
    charges at the time. Human rights groups ask for what they found; it is never published.
- timeline "Report on human rights": 1991
  source: ${older}
  note: The Haitian Refugee Center reports repeated violations of human rights.
- timeline "Fire": 1992
  source: ${older}
  note: The men's dormitory burns down. The women have to move into small rooms of the Public Health Service building.
- timeline "Hunger strike": January 1993
  source: ${older}
  note: About 150 people refuse to eat.
- timeline "Overcrowding hidden": 1995
  source: ${older}
  note: The Inspector General of the Department of Justice reports that overcrowding harms health, that of women above
    all, and that officials moved people away shortly before inspections. On 10 June 1995 they deceived a delegation
    of Congress. The agency was the Immigration and Naturalization Service (INS); the guide of about 2012 wrongly says
    ICE.
- timeline "Hunger strike": 1996
  source: ${older}
  note: Sikhs who asked for asylum refuse to eat for a month.
- timeline "Report on sexual abuse": 2000
  source: ${older}
  note: The Women's Commission for Refugee Women and Children reports allegations of widespread sexual abuse by staff,
    who are said to have falsely promised release and threatened deportation.
:::

## Nearby centers

If a person is not at Krome, they may be in one of these. Distances are as the crow flies. The list in the guide of
about 2012 is lost; these are places in ICE's figures for 2026.

::: facts
- nearby "Turner Guilford Knight Jail": Miami, Florida (12 miles)
  type: text
  source: ${places}
- nearby "Federal Detention Center Miami": Miami, Florida (18 miles)
  type: text
  source: ${places}
- nearby "Florida Soft-Sided Facility South": Ochopee, Florida (27 miles)
  type: text
  source: ${places}
- nearby "Broward County Jail": Fort Lauderdale, Florida (33 miles)
  type: text
  source: ${places}
- nearby "Broward Transitional Center": Pompano Beach, Florida (42 miles)
  type: text
  source: ${places}
- nearby "Glades County Detention Center": Moore Haven, Florida (85 miles)
  type: text
  source: ${places}
:::

## About this page

Most of it rests on one source: a wiki page of the Immigration Detention Justice Center (immigrationdetention.org)
without a date. The judges and figures in it point to about 2012. Newer facts are from public records, or reported;
what ICE's page is said to say has not been compared with it. Nobody has called or visited for this page yet. If you
have, [edit this page](/wiki/krome-detention-center/edit) or leave a comment. [[How Habeas works]] tells how to read
the facts. This is not legal advice.

::: facts
- name: Krome Detention Center
  source: ${older}
- alias: Krome North Service Processing Center
  source: ${older}
- alias: Krome Service Processing Center
  source: ${older}
- alias: Krome SPC
  source: ${older}
- alias: Krome Detention Facility
  source: ${older}
- alias: KSPC
  note: Short for Krome Service Processing Center.
- agency_code: KRO
  source: ${places}
- agency_code (hold room): KROHOLD
  source: ${places}
- agency_code (hub at the airport): KRHUBFL
  source: ${places}
- status: Open
  as of: April 2026
  source: ${iceFigures}
  note: People are counted here in ICE's figures of that month.
- facility_type: SPC (service processing center, ICE's own)
  as of: April 2026
  source: ${iceFigures}
- field_office: Miami
  type: text
  as of: April 2026
  source: ${iceFigures}
- detention_standard: PBNDS 2011, revised in 2016
  as of: April 2026
  source: ${iceFigures}
- coordinates: 25.7541, -80.4891
  source: ${places}
- held_population: Men
  as of: April 2026
  source: ${iceFigures}
  note: Women were held here, too, in 2025, as reported.
:::
`
