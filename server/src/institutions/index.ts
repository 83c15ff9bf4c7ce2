/** The door of institutions: catalogues, fees, filings. */
export {
  type Catalogue,
  type CatalogueEntry,
  type EngineerLevel,
  suspiciousWords,
} from './catalogues/catalogue.ts'
export type { FeeKind } from './fees/fee.ts'
export { type PublishedFee, publishedFee } from './fees/published-fee.ts'
export { type FiledPlan, filedPlan } from './filings/filed-plan.ts'
export { type ListedOnRefusal, listedOn } from './listed-on.ts'
export { type OfficialData, officialData, recordOfficialData } from './official.ts'
export { jurisdictionOf, policySettings } from './settings/policy-settings.ts'
export { type StandardHours, standardHours } from './settings/standard-hours.ts'
export { isVerified, type SourceStatus } from './source.ts'
export { occupationName, occupationNames } from './store/occupations.ts'
