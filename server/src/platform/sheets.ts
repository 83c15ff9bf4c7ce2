/** Excel in and out. The door of `sheets/`. */
export { dayCell, integerCell, oneOfCell, scoreCell, textCell, yuanCell } from './sheets/cell-parsers.ts'
export {
  CellProblem,
  problem,
  readSheet,
  type SheetColumn,
  type SheetProblem,
  type SheetReading,
  type SheetValue,
} from './sheets/read-sheet.ts'
export { type WrittenColumn, writeSheet } from './sheets/write-sheet.ts'
