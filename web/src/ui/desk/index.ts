export { clauseLabel } from '../clause-label.ts'
export {
  choicesOf,
  Day,
  DueText,
  Instant,
  Masked,
  Money,
  Nothing,
  StateOf,
  StateTag,
  type StateWords,
  type Tone,
  Unverified,
} from '../marks.tsx'
export { useAddressSearch, useParam } from '../search.ts'
export { ActButton, ActLink } from './act-button.tsx'
export { Chart } from './chart.tsx'
export { ClauseTag } from './clause-tag.tsx'
export { type Decision, DecisionDialog, type Reason } from './decision-dialog.tsx'
export { DayInput, DeskForm, FormField, FormSection, InstantInput, MoneyInput, ScoreInput } from './form.tsx'
export { ImportDialog, type ImportReport } from './import-dialog.tsx'
export { type BulkAct, type Column, ExportButton, type Filter, ListPage, ListTable } from './list-page.tsx'
export type { MenuItem, WorkbenchModule } from './module.ts'
export { BackLink, DeskPage, Facts, Figures, Group, WORKBENCH } from './page.tsx'
export { ErrorSummary, Loaded, Notice, Problem } from './problem.tsx'
export { RecordPage } from './record-page.tsx'
export { WideTable } from './wide-table.tsx'
