/** What no CRM should send in the place of a customer, or of one of their members. */
export const hostileValues: readonly unknown[] = [
  undefined,
  null,
  0,
  Number.NaN,
  "",
  "   ",
  "<img src=x onerror=alert(1)>",
  "x".repeat(100_000),
  [],
  [[[]]],
  {},
  { id: {}, email: [], name: 1 },
  { id: null, email: "no address", name: { toString: "no function" } },
  { id: "y".repeat(1_000), email: `${"z".repeat(1_000)}@example.com`, name: "\u202egnp" },
  { __proto__: { id: "inherited" }, constructor: 1 },
]
