// The closed set. A new predicate needs a clause that no combination of these can say.
import { achievement } from './achievement.ts'
import { age } from './age.ts'
import { business, group, insured, openLoan, received, registered } from './benefit.ts'
import { benefitCount } from './benefit-count.ts'
import { completionAssessment } from './completion-assessment.ts'
import { conduct, crossProvince, wording } from './conduct.ts'
import { education } from './education.ts'
import { affiliation, bodyKind } from './evaluating-body.ts'
import { figure } from './figure.ts'
import { graduatingStudent } from './graduating-student.ts'
import { judgement } from './judgement.ts'
import { levelCertificate } from './level-certificate.ts'
import { listed } from './listed.ts'
import { otherCertificate } from './other-certificate.ts'
import type { Predicate } from './predicate.ts'
import { retired } from './retired.ts'
import { score } from './score.ts'
import { skillCertificate } from './skill-certificate.ts'
import { skillPost } from './skill-post.ts'
import { status } from './status.ts'
import { stepTaken } from './step-taken.ts'
import { technicalClass } from './technical-class.ts'
import { technicalSchool } from './technical-school.ts'
import { title } from './title.ts'
import { trainingCertificate } from './training-certificate.ts'
import { trainingContent, trainingHours } from './training-hours.ts'
import { worked } from './worked.ts'

export const PREDICATES: ReadonlyMap<string, Predicate> = new Map(
  [
    trainingCertificate,
    education,
    graduatingStudent,
    title,
    levelCertificate,
    worked,
    technicalSchool,
    status,
    retired,
    skillPost,
    trainingHours,
    trainingContent,
    completionAssessment,
    score,
    listed,
    conduct,
    crossProvince,
    wording,
    judgement,
    age,
    skillCertificate,
    technicalClass,
    bodyKind,
    affiliation,
    achievement,
    otherCertificate,
    stepTaken,
    figure,
    registered,
    received,
    benefitCount,
    insured,
    group,
    business,
    openLoan,
  ].map((predicate) => [predicate.name, predicate]),
)
