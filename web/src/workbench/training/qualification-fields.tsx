import { Form, Input, Radio, Select } from 'antd'
import type { InputOf, WorkbenchApi } from '../../ui/api.ts'
import { DayInput, FormField } from '../../ui/desk/index.ts'
import { useApiQuery } from '../api.ts'
import { LEVELS } from './words.ts'

type Qualification = InputOf<WorkbenchApi, 'training.add-qualification'>['qualification']
export interface QualificationValues {
  kind: 'title' | 'level_certificate'
  level: string
  specialty?: string
  occupationId?: string
  documentNumber?: string
  obtainedOn: string
}

const TITLES = ['员级', '助理级', '中级', '副高级', '正高级'].map((level) => ({ value: level, label: level }))

/** A title with its specialty, or a level certificate with its occupation. `path` is the input's. */
export function QualificationFields({ path }: { path: string }) {
  const form = Form.useFormInstance()
  const parts = path.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part))
  const kind = (Form.useWatch([...parts, 'kind'], form) as QualificationValues['kind'] | undefined) ?? 'title'
  const occupations = useApiQuery('institutions.list-occupations', { size: 100 }).data?.rows ?? []
  return (
    <>
      <FormField name={`${path}.kind`} label="资格种类" required>
        <Radio.Group
          options={[
            { value: 'title', label: '职称' },
            { value: 'level_certificate', label: '专业技术等级证书' },
          ]}
        />
      </FormField>
      {kind === 'title' ? (
        <FormField name={`${path}.specialty`} label="职称专业" required>
          <Input maxLength={60} />
        </FormField>
      ) : (
        <FormField name={`${path}.occupationId`} label="职业" required>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={occupations.map((one) => ({ value: one.id, label: one.name }))}
          />
        </FormField>
      )}
      <FormField name={`${path}.level`} label="级别" required>
        <Select options={kind === 'title' ? TITLES : LEVELS} style={{ maxWidth: 200 }} />
      </FormField>
      <FormField name={`${path}.obtainedOn`} label="取得日期" required>
        <DayInput />
      </FormField>
      <FormField name={`${path}.documentNumber`} label="证书编号">
        <Input maxLength={60} />
      </FormField>
    </>
  )
}

export function toQualification(values: QualificationValues): Qualification {
  const shared = {
    level: values.level,
    obtainedOn: values.obtainedOn,
    documentNumber: values.documentNumber?.trim() || null,
  }
  return (
    values.kind === 'title'
      ? { kind: 'title', specialty: values.specialty ?? '', ...shared }
      : { kind: 'level_certificate', occupationId: values.occupationId ?? '', ...shared }
  ) as Qualification
}
