import type { Json } from "@tellonce/core"

/** A CloudEvent 1.0, however it came; where the paths and functions of the table begin. Extensions stand beside the rest. */
export interface CloudEvent {
  readonly id: string
  readonly source: string
  readonly type: string
  readonly specversion: "1.0"
  readonly time?: string | undefined
  readonly subject?: string | undefined
  readonly datacontenttype?: string | undefined
  /** JSON as it is, other text as text, bytes in base64. */
  readonly data?: Json | undefined
  readonly [extension: string]: Json | undefined
}
