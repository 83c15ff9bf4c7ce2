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
  type Choice,
  ChoiceList,
  ConsentBox,
  DayField,
  SelectField,
  TextField,
} from './field.tsx'
export { FileField } from './file-field.tsx'
export { CardList, SearchBox } from './list.tsx'
export { EmptyState, ErrorSummary, Loaded, Loading, Notice, Problem } from './notice.tsx'
export { Answer, Card, Facts, Page, ProgressBar, Section, Steps } from './page.tsx'
export { Timeline } from './timeline.tsx'
