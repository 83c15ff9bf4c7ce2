import { useNavigate } from '@tanstack/react-router'
import { Input } from 'antd'
import type { InputOf, WorkbenchApi } from '../../ui/api.ts'
import { DeskForm, DeskPage, FormField, FormSection } from '../../ui/desk/index.ts'
import { useCommand } from '../api.ts'
import { QualificationFields, type QualificationValues, toQualification } from './qualification-fields.tsx'

interface Values {
  name: string
  phone?: string
  qualifications: QualificationValues[]
}

/** 登记教师 with the first qualification; more are added on the list. */
export function NewTeacherPage() {
  const register = useCommand('training.register-teacher', { inPlace: true })
  const navigate = useNavigate()
  return (
    <DeskPage title="登记教师" back={{ to: '/training/teachers', label: '教师' }}>
      <DeskForm<Values, InputOf<WorkbenchApi, 'training.register-teacher'>, { id: string }>
        draftKey="teacher:new"
        initial={{ qualifications: [{ kind: 'title' } as QualificationValues] }}
        command={register}
        submitLabel="登记"
        toInput={(values) => ({
          name: values.name,
          ...(values.phone ? { phone: values.phone } : {}),
          qualifications: values.qualifications.map(toQualification),
        })}
        onDone={() => void navigate({ to: '/training/teachers' })}
      >
        <FormField name="name" label="姓名" required>
          <Input maxLength={60} />
        </FormField>
        <FormField name="phone" label="手机号">
          <Input maxLength={11} />
        </FormField>
        <FormSection title="教师资格" />
        <QualificationFields path="qualifications.0" />
      </DeskForm>
    </DeskPage>
  )
}
