import { HttpProblem } from "../http/http-problem.ts"

/** One line of an import; a context or a signal is far smaller. */
const longestLine = 8_388_608

/** The lines of a body as they arrive, without their line feeds. Throws 413 `import/line_too_long`. */
export async function* readLines(body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<string, void> {
  const decoder = new TextDecoder("utf-8", { fatal: true })
  let rest = ""
  for await (const chunk of body) {
    const lines = `${rest}${decode(decoder, chunk)}`.split("\n")
    rest = lines.pop() ?? ""
    if (rest.length > longestLine) throw tooLong()
    yield* lines.filter((line) => line.trim() !== "")
  }
  rest += decode(decoder)
  if (rest.trim() !== "") yield rest
}

const decode = (decoder: InstanceType<typeof TextDecoder>, chunk?: Uint8Array): string => {
  try {
    return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true })
  } catch {
    throw new HttpProblem(400, "body/not_json", "The body is not UTF-8. Send the file as it was exported.")
  }
}

const tooLong = () =>
  new HttpProblem(
    413,
    "import/line_too_long",
    "A line is longer than 8 MB. Send the file as it was exported, one JSON value to a line.",
  )
