import type { ContextClient } from "@tellonce/client"
import type { ShopFields } from "../shop-context.ts"
import { create, element } from "./element.ts"
import type { ShopConfig } from "./shop-server.ts"

/** The shelf. A look at a product is a signal like any other; what the order system says is sold out is marked at once. */
export const showProducts = ({ catalog, lastOrder }: ShopConfig, client: ContextClient<ShopFields>): void => {
  const products = catalog.map(({ name, price, picture }) => {
    const stock = create("span", { className: "price" }, price)
    const button = create(
      "button",
      { type: "button" },
      create("span", { className: "picture", ariaHidden: "true" }, picture),
      create("span", {}, name),
      stock,
    )
    button.addEventListener("click", () => client.tell({ viewed: name, intent: "browse" }, { channel: "shop" }))
    const show = () => {
      const isSoldOut = client.view().soldOut.value?.includes(name) ?? false
      stock.textContent = isSoldOut ? `${price} · sold out` : price
      button.classList.toggle("sold-out", isSoldOut)
    }
    client.subscribe(show)
    show()
    return create("li", {}, button)
  })
  element("products").replaceChildren(...products)
  element("last-order").textContent = `Your last order: ${lastOrder.orderNumber}, ${lastOrder.item}.`
}
