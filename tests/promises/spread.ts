/** The value that this share of all are not above; NaN of nothing. */
export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

/** How much `y` grows for each unit of `x`: the least-squares line. */
export const slopeOf = (points: readonly (readonly [x: number, y: number])[]): number => {
  const meanOf = (at: 0 | 1) => points.reduce((sum, point) => sum + point[at], 0) / points.length
  const [meanX, meanY] = [meanOf(0), meanOf(1)]
  const over = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0)
  return points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / over
}

/** The greatest, of any number of values; NaN of nothing. */
export const greatest = (values: readonly number[]): number => percentile(values, 1)

/** The least, likewise. */
export const least = (values: readonly number[]): number => percentile(values, 0)
