const many = 30

/** The customers of one part of the torture. */
export const customersOf = (name: string): readonly string[] =>
  Array.from({ length: many }, (_, index) => `${name}-${index}`)
