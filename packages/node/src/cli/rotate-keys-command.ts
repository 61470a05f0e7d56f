import type { Command } from "./command.ts"
import { makeKey } from "./make-key.ts"

export const rotateKeysCommand: Command = {
  name: "rotate-keys",
  summary: "Makes new keys and says what to change. It changes nothing itself.",
  usage: "",
  options: {},
  async run({ say }) {
    const keys = { publishable: makeKey("pk"), secret: makeKey("sk") }
    say({
      text: [
        "1. Put the new keys first and keep the old ones behind them, then restart the service:",
        "",
        "   keys: {",
        `     publishable: ["${keys.publishable}", /* the old ones */],`,
        `     secret: ["${keys.secret}", /* the old ones */],`,
        "   }",
        "",
        "2. Give pages and backends the new keys.",
        "3. When no token signed with an old key is in use any more (30 days for visitors), take the old keys out.",
        "   A key that leaked is taken out at once: its tokens end with it.",
      ].join("\n"),
      json: { keys },
    })
    return 0
  },
}
