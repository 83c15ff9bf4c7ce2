// Placeholder until `npm run generate` has read the schema.
// biome-ignore lint/suspicious/noExplicitAny: replaced by generation
export type DB = Record<string, any>
