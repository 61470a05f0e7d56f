import { createBatch, sendAndHangUp, sendBatch } from "./create-client.ts"
import type { Rounds } from "./kill-rounds.ts"
import { startService } from "./start-service.ts"

/** Three of ten requests lose their answer, before or after the service has kept them; the client sends each again until it hears. */
export const swallowedAnswers = async ({ program, data, rounds, ledger, random }: Rounds): Promise<number> => {
  const service = await startService({ program, data })
  let swallowed = 0
  const lanes = Array.from({ length: 4 }, (_, lane) => async () => {
    for (let number = 0; number < rounds * 5; number++) {
      const ids = Array.from({ length: 3 }, (_, index) => `s${lane}-${number}-${index}`)
      const batch = createBatch(ledger, ids, [`swallowed-${lane}-${Math.floor(number / 100)}`], random)
      for (let tries = 0; tries < 5 && random() < 0.3; tries++) {
        swallowed++
        await sendAndHangUp(service.url, batch, random() * 15)
      }
      await sendBatch(service.url, batch, ledger)
    }
  })
  await Promise.all(lanes.map((run) => run()))
  await service.kill()
  return swallowed
}
