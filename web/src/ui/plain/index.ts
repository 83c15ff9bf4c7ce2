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
export { ActButton, Button, ButtonLink, ButtonRow, PlainButton, PrintButton } from './button.tsx'
export { ClauseTap } from './clause-tap.tsx'
export {
  CheckList,
  type Choice,
  ChoiceList,
  ConsentBox,
  DayField,
  Field,
  SelectField,
  TextField,
} from './field.tsx'
export { FileField } from './file-field.tsx'
export { CardList, Pager, SearchBox } from './list.tsx'
export { EmptyState, ErrorSummary, Loaded, Loading, Notice, Problem } from './notice.tsx'
export { Answer, Card, Facts, Page, ProgressBar, Section, SiteName, Steps } from './page.tsx'
export { Timeline } from './timeline.tsx'
