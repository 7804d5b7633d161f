/** How to read a page, correct it, and what never to write. */
export const howHabeasWorks = String.raw`
Habeas is a wiki: people who know something about a detention center write it down, with its source, and others
correct it. It belongs to no government agency. Nothing here is legal advice.

::: notice warning
Pages are public. Do not write anything here that you would not tell ICE.
:::

## How to read a fact

A page is as good as each fact on it. Look at what stands beside the fact:

- **checked 12 days ago**: somebody compared it with the place itself or an official page. The older the check, the
  less you should trust it. Telephone numbers and visiting hours are worth a check every month.
- **never checked**: it may still be right. Call before you travel or pay.
- **as of about 2012**: the time that the fact is about.
- **Out of date: do not rely on this**: an older claim that is wrong or probably wrong now. It stays so that you know
  it when somebody repeats it to you. The note tells what is known since.
- **Reported as wrong**: somebody found it wrong and nobody has looked since. Do not rely on it.
- **[1]**: where it comes from. The list is at the end of the page.

Below the name of a page you can choose Español or Kreyòl ayisyen: what stands beside the facts is then in that
language. What people wrote stays as they wrote it.

Two facts that contradict each other can both stand, each with its source. Trust the one that is newer and has a
source you can open yourself.

## How to correct a page

1. [Register](/register) with any name. It need not be yours.
2. Press **Edit** and change the text or the fact. Name your source.
3. Fill in “checked” only if you yourself called, went there or opened the official page, and with that day.
4. Tell in a few words what you changed, and save.

If a fact is still right, say so: press **Still right?** below it, and how you know. With an account, everybody sees at
once that it was checked; without one, as soon as a second person says the same. Who was there by a visit is told to
nobody, and of the visit only the month. [What needs checking](/checking) has a list, and numbers to call.

A facility's page lists the centers around it and, where a list tells of transfers, those that people are taken to.
Facts of the kind “Other centers nearby” take the place of the first list; with the qualifier “by transfers”, of the
second.

If you do not want an account, leave a comment under the page.

With an account you can press **Watch this page**, and be told when it changes: on the site, or by mail if you want. You
can also watch a section, a kind of fact, or all facilities of a state.

## What never to write

- **A-numbers**, case or booking numbers, dates of birth, passport or social security numbers. With these anybody can
  look a person up.
- **Names of people detained**, or anything by which they can be recognized. Judges and other public officials may be
  named in their public role.
- **That somebody has no papers**, yourself included.
- Private telephone numbers or homes of anybody, officers too.

A wiki keeps its old versions: what you take out again stays in the history. So leave it out from the start. If you
see such a thing on a page, say where in a comment, without repeating it; a moderator reads it.

## What moderators do

Moderators read the changes, mark the ones they have seen and undo what is wrong. A first comment waits until one of
them has read it. What they do is on the [public log](/moderation/log).

A new telephone number or a new way to pay is where fraud begins. If you read one here, compare it with what the
center itself says before you pay.
`
