/** All that a caller can do to the service. */
export type Action =
  | "open_visitor"
  | "issue_token"
  | "issue_ticket"
  | "revoke"
  | "read"
  | "write"
  | "ask"
  | "tell"
  | "hold"
  | "release"
  | "decide"
  | "hand_off"
  | "take"
  | "open_matter"
  | "close_matter"
  | "link"
  | "unlink"
  | "consent"
  | "anchor"
  | "export"
  | "import"
  | "backup"
  | "erase"
  | "read_audit"
  | "read_hash"
  | "read_insights"

/** The most an agent can be registered for. Whoever issues or revokes credentials, imports, copies the store or opens visitors holds the secret key. */
export const agentActions = [
  "issue_ticket",
  "read",
  "write",
  "ask",
  "tell",
  "hold",
  "release",
  "decide",
  "hand_off",
  "take",
  "open_matter",
  "close_matter",
  "link",
  "unlink",
  "consent",
  "anchor",
  "export",
  "erase",
  "read_audit",
  "read_hash",
  "read_insights",
] as const satisfies readonly Action[]
