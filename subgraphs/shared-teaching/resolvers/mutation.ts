import { mutate } from '../../kernel/subgraph/mutation.ts';
import { createCourse } from '../services/create-course.ts';
import { enrolOnCourse } from '../services/enrol-on-course.ts';
import { openEmergencyAccess } from '../services/open-emergency-access.ts';
import { pushCourse } from '../services/push-course.ts';
import { setGuestFieldAccess } from '../services/set-guest-field-access.ts';
import type { MutationResolvers } from './types.generated.ts';

export const Mutation: MutationResolvers = {
  createCourse: (_mutation, { input }, call) =>
    mutate(call, async () => {
      const id = await createCourse(call, { ...input, slots: input.slots ?? [] });
      return { course: await call.loaders.course.load(id) };
    }),
  pushCourse: (_mutation, { input }, call) =>
    mutate(call, async () => {
      const id = await pushCourse(call, { ...input, slots: input.slots ?? [] });
      return { coursePush: await call.loaders.push.load(id) };
    }),
  enrolOnCourse: (_mutation, { input }, call) =>
    mutate(call, async () => {
      const id = await enrolOnCourse(call, input);
      return { courseEnrolment: await call.loaders.enrolment.load(id) };
    }),
  openEmergencyAccess: (_mutation, { input }, call) =>
    mutate(call, async () => {
      const { id, alreadyOpen } = await openEmergencyAccess(call, input);
      return { emergencyAccess: await call.loaders.emergencyAccess.load(id), alreadyOpen };
    }),
  setGuestFieldAccess: (_mutation, { input }, call) =>
    mutate(call, async () => ({ fieldAccess: await setGuestFieldAccess(call, input) })),
};
