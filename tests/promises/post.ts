import { headersOf } from "./shop.ts"

export interface Posted {
  readonly status: number
  readonly body: { readonly results?: readonly { readonly id: string; readonly status: string }[] }
}

/** Posts signals and answers what was said to them. */
export const post = async (url: string, signals: readonly object[]): Promise<Posted> => {
  const response = await fetch(`${url}/v1/signals`, {
    method: "POST",
    headers: headersOf(),
    body: JSON.stringify({ signals }),
  })
  return { status: response.status, body: (await response.json()) as Posted["body"] }
}

/** The same, again after Retry-After until it is taken. Throws when it is refused for another reason. */
export const postUntilTaken = async (url: string, signals: readonly object[]): Promise<void> => {
  for (;;) {
    const { status, body } = await post(url, signals)
    const refused = body.results?.find(({ status: each }) => each === "rejected")
    if (status === 200 && refused === undefined) return
    if (status !== 503 && status !== 429) throw new Error(`refused: ${status} ${JSON.stringify(refused ?? body)}`)
    await new Promise((resolve) => setTimeout(resolve, 1_000))
  }
}
