// The configuration that `tellonce serve` is started with. The file is named by the environment.
import { agentActions, type TellonceConfig } from "@tellonce/node"
import { keys, shop } from "./shop.ts"

const { DATA: path = "" } = process.env

export const tellonce = {
  context: shop,
  store: { path },
  keys,
  access: {
    agents: [
      {
        id: "desk",
        kind: "human",
        owner: "support",
        channel: "desk",
        reads: "all",
        writes: "all",
        actions: agentActions,
        purposes: ["service"],
      },
    ],
  },
} satisfies TellonceConfig
