import { launchChromium } from "../chromium.ts"

/** What a page shows before and after its button is pressed, and what its console complains of. */
export const visitPage = async (url: string) => {
  const browser = await launchChromium()
  try {
    const page = await browser.newPage()
    const complaints: string[] = []
    page.on("pageerror", (error) => complaints.push(error.message))
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()))
    const sent = await (await page.goto(url))?.text()
    const button = page.getByRole("button")
    const before = await button.textContent()
    await button.click()
    await page.getByText("A-1").waitFor()
    return { sent, before, after: await button.textContent(), complaints }
  } finally {
    await browser.close()
  }
}
