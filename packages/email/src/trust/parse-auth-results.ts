export interface AuthResults {
  /** The server that says so, in lower case; whether it may be believed is not decided here. */
  readonly authservId: string
  readonly results: readonly AuthResult[]
}

export interface AuthResult {
  /** `spf`, `dkim`, `dmarc`, …, in lower case, as is the result. */
  readonly method: string
  readonly result: string
  /** Such as `header.d` and `smtp.mailfrom`; of two with one name the first. */
  readonly properties: ReadonlyMap<string, string>
}

/** Reads the value of an Authentication-Results header (RFC 8601); undefined for what does not follow its grammar. In linear time. */
export const parseAuthResults = (value: string): AuthResults | undefined => {
  const statements = splitStatements(value)
  const [[authservId, version, ...rest] = [], ...results] = statements ?? []
  if (authservId === undefined || authservId.includes("=") || rest.length > 0) return undefined
  if (version !== undefined && version !== "1") return undefined
  const read = results.filter((words) => words.length > 0 && words.join() !== "none").map(readResult)
  if (!read.every((result) => result !== undefined)) return undefined
  return { authservId: authservId.toLowerCase(), results: read }
}

const readResult = ([first = "", ...words]: readonly string[]): AuthResult | undefined => {
  const [, method, result] = /^([a-z0-9-]+)(?:\/1)?=([a-z]+)$/i.exec(first) ?? []
  if (method === undefined || result === undefined) return undefined
  const properties = new Map<string, string>()
  for (const word of words) {
    const equals = word.indexOf("=")
    const name = word.slice(0, equals).toLowerCase()
    if (equals < 1) return undefined
    if (!properties.has(name)) properties.set(name, word.slice(equals + 1))
  }
  return { method: method.toLowerCase(), result: result.toLowerCase(), properties }
}

/** Words by statement, without comments and with the content of quoted strings in place; undefined when either is left open. */
const splitStatements = (value: string): readonly (readonly string[])[] | undefined => {
  const statements: string[][] = [[]]
  let word = ""
  let quoted = false
  let depth = 0
  const end = () => {
    if (word !== "") statements.at(-1)?.push(word)
    word = ""
  }
  for (let at = 0; at < value.length; at++) {
    const char = value[at] ?? ""
    if (char === "\\" && (quoted || depth > 0)) {
      at++
      if (depth === 0) word += value[at] ?? ""
    } else if (char === '"' && depth === 0) quoted = !quoted
    else if (quoted) word += char
    else if (char === "(") depth++
    else if (char === ")") {
      if (--depth < 0) return undefined
    } else if (depth > 0) continue
    else if (char === ";") {
      end()
      statements.push([])
    } else if (/\s/.test(char)) end()
    else word += char
  }
  end()
  return quoted || depth > 0 ? undefined : statements.map(joinEquals)
}

/** White space may stand around the sign: `dmarc = pass`. */
const joinEquals = (words: readonly string[]): readonly string[] =>
  words.length > 1 ? words.join(" ").replace(/ ?= ?/g, "=").split(" ") : words
