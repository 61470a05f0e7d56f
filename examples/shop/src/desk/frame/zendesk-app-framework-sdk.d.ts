declare module "zendesk_app_framework_sdk" {
  const client: { init(): object | false }
  export = client
}
