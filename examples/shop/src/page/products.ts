import type { ContextClient } from "@tellonce/client"
import type { ShopFields } from "../shop-context.ts"
import { create, element } from "./element.ts"
import type { ShopConfig } from "./shop-server.ts"

/** The shelf. A look at a product is a signal like any other. */
export const showProducts = ({ catalog, lastOrder }: ShopConfig, client: ContextClient<ShopFields>): void => {
  const products = catalog.map(({ id, name, price, picture }) => {
    const button = create(
      "button",
      { type: "button" },
      create("span", { className: "picture", ariaHidden: "true" }, picture),
      create("span", {}, name),
      create("span", { className: "price" }, price),
    )
    button.addEventListener("click", () => client.tell({ viewed: name, intent: "browse" }, { channel: "shop" }))
    button.dataset.product = id
    return create("li", {}, button)
  })
  element("products").replaceChildren(...products)
  element("last-order").textContent = `Your last order: ${lastOrder.orderNumber}, ${lastOrder.product}.`
}
