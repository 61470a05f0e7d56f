export { type IntercomCanvas, type IntercomComponent, toIntercomCanvas } from "./canvas/to-intercom-canvas.ts"
export { createIntercomHost, type IntercomHost } from "./hosts/create-intercom-host.ts"
