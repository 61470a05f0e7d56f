import type { AnyView } from "./view.ts"

/** Fields that follow from others, such as an override or the next best action: `derive(view, { nextStep: (seen) => … })`, typed by what they return. */
export const derive = <Seen extends AnyView, Derived extends Readonly<Record<string, (seen: Seen) => unknown>>>(
  seen: Seen,
  derived: Derived,
): { readonly [Name in keyof Derived]: ReturnType<Derived[Name]> } =>
  Object.fromEntries(Object.entries(derived).map(([name, follow]) => [name, follow(seen)])) as {
    readonly [Name in keyof Derived]: ReturnType<Derived[Name]>
  }
