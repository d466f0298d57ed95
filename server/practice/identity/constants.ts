/** The practice tenant's Entra tenant id. */
export const PRACTICE_TENANT_ID = '5d0cf1f2-7b0a-4a3e-9c61-2f1b7a8e4d10'
/** Application (client) id of Protected Time in the practice tenant; the audience of tokens for our API. */
export const PRACTICE_CLIENT_ID = '8a4c9d3e-6f25-4b17-8e0d-c3b5a1f27d64'
/** Short client id (and every registration's secret) for rehearsals and tests. */
export const REHEARSAL_CLIENT_ID = 'practice'
/** Object id of the application in the tenant (its service principal): who acts when nobody is signed in. */
export const PRACTICE_SERVICE_PRINCIPAL_ID = 'c7e2d0b4-91a3-4f68-b5d7-0e46a2c98f31'
/** Issuer of v2 tokens for our API, in the form Entra gives it; never an address that is called. */
export const PRACTICE_ISSUER = `https://login.microsoftonline.com/${PRACTICE_TENANT_ID}/v2.0`
/** Issuer of Graph's own tokens, which Entra issues in v1 form. */
export const PRACTICE_GRAPH_ISSUER = `https://sts.windows.net/${PRACTICE_TENANT_ID}/`
export const GRAPH_AUDIENCE = 'https://graph.microsoft.com'
/** Graph's application id: the other name of the same audience. */
export const GRAPH_RESOURCE_ID = '00000003-0000-0000-c000-000000000000'
export const TOKEN_LIFETIME_SECONDS = 3600
/** Where a practice tenant's Graph is, from the tenant's address on. */
export const PRACTICE_GRAPH_PATH = '/practice/graph/v1.0'
