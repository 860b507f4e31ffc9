/** The demo's partnerships, each with an agreement that both schools signed and that lists every row of the matrix. */
import type { Session } from '../../kernel/database/transaction.ts';
import { GUEST_FIELDS } from '../../kernel/guest-access/matrix.ts';
import { newUuid } from '../../kernel/ids.ts';
import { schoolOf } from '../../kernel/subgraph/call.ts';
import { Agreement } from '../entities/agreement.ts';
import { Partnership } from '../entities/partnership.ts';

interface DemoAgreement {
  teachingSchoolUrn: string;
  from: string;
  to: string;
  reviewOn: string;
}

export async function seedAgreement(session: Session, { teachingSchoolUrn, ...demo }: DemoAgreement): Promise<void> {
  const homeSchoolUrn = schoolOf(session);
  const partnershipId = newUuid();
  const schools = { homeSchoolUrn, teachingSchoolUrn };
  session.em.create(Partnership, { ...schools, id: partnershipId, guestFormName: null }, { persist: true });
  await session.em.flush();
  session.em.create(
    Agreement,
    {
      ...schools,
      id: newUuid(),
      partnershipId,
      purpose: 'Teaching shared sixth-form courses, and keeping guest students safe while they are taught',
      fieldsCovered: GUEST_FIELDS.filter((field) => field.reason !== 'NOT_SYNCED').map((field) => field.name),
      lawfulBases: [
        'UK GDPR Article 6(1)(e): public task',
        'UK GDPR Article 9(2)(g): substantial public interest',
        'Data Protection Act 2018, Schedule 1, paragraph 18: safeguarding of children',
      ],
      inForceFrom: demo.from,
      inForceTo: demo.to,
      reviewOn: demo.reviewOn,
      homeSignedOn: demo.from,
      teachingSignedOn: demo.from,
    },
    { persist: true },
  );
  await session.em.flush();
}
