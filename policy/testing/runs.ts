/** Random cases for each property: 1,000 in the ordinary suite, `POLICY_RUNS=10000` for the full proof. */
export const RUNS = { numRuns: +(process.env.POLICY_RUNS ?? 1_000) }
