import { type JsonObject, memberOf, objectIn } from "../json-object.ts"

/** Which of our purposes each of the company's consent categories stands for. */
export type CategoryPurposes = Readonly<Record<string, readonly string[]>>

/** What a customer chose, by purpose. */
export type Choices = Readonly<Record<string, "granted" | "denied">>

/** More categories than that are no consent banner. */
const mostCategories = 64
const longestPurpose = 64

/**
 * What `context.consent.categoryPreferences` says of our purposes; without a map a category is the purpose of its name, unless that is one of
 * the service's own, which begin with a `$`. A purpose of several categories is denied by one of them and granted by all of them: one that is
 * missing leaves it open.
 */
export const toChoices = (context: JsonObject, map: CategoryPurposes | undefined): Choices => {
  const preferences = objectIn(objectIn(context, "consent"), "categoryPreferences")
  const names = Object.keys(preferences).filter((name) => name.length <= longestPurpose && !name.startsWith("$"))
  const categories = map ?? Object.fromEntries(names.slice(0, mostCategories).map((name) => [name, [name]]))
  const found = new Map<string, "granted" | "denied" | "open">()
  for (const [category, purposes] of Object.entries(categories)) {
    const choice = choiceOf(memberOf(preferences, category))
    for (const purpose of purposes) found.set(purpose, stricter(found.get(purpose), choice))
  }
  return Object.fromEntries([...found].flatMap(([purpose, choice]) => (choice === "open" ? [] : [[purpose, choice]])))
}

const choiceOf = (value: unknown) => (value === true ? "granted" : value === false ? "denied" : "open")

const strictness = { denied: 2, open: 1, granted: 0 } as const
type Choice = keyof typeof strictness

const stricter = (a: Choice = "granted", b: Choice): Choice => (strictness[a] >= strictness[b] ? a : b)
