import { HttpProblem } from "./http-problem.ts"

/** The sender has gone in the middle of its body: no failure of ours, and nobody is left to read it. */
export const cutOff = (): HttpProblem =>
  new HttpProblem(
    400,
    "http/cut_off",
    "The connection ended before the body did. Nothing of it was kept; send it again.",
  )
