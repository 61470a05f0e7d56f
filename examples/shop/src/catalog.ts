/** What the shop sells. What is listed here may be out of stock: only the order system knows. */
export const catalog = [
  { id: "kettle", name: "Copper kettle", price: "€ 59", picture: "🫖" },
  { id: "lamp", name: "Desk lamp", price: "€ 89", picture: "💡" },
  { id: "blender", name: "Hand blender", price: "€ 45", picture: "🥤" },
  { id: "radio", name: "Kitchen radio", price: "€ 74", picture: "📻" },
] as const

/** What this customer bought last: the number they will have at hand. */
export const lastOrder = { orderNumber: "A-1042", item: "Hand blender" } as const
