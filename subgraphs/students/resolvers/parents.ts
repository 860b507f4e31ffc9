/** What the resolvers of a type are handed as parent, where it is another shape than the type's own. */
import type { Caller } from '../../kernel/caller.ts';
import type { AbsenceNoteRow, EvidenceRow, PinnedItemRow, SchoolRow, Stamp, StudentRow } from '../context.ts';
import type { GuestProfile } from '../services/guest-fields.ts';
import type { OpenedPictureLink } from '../services/picture-link.ts';
import type { ArrangementOfStudent, ContactOfStudent, PictureOfStudent } from '../services/profile-fields.ts';

export interface SchoolParent extends SchoolRow {}
export interface StudentParent extends StudentRow {}
export interface GuestProfileParent extends GuestProfile {}
export interface EmergencyAccessParent extends GuestProfile {}
export type ViewerParent = Caller;
export interface EmergencyContactParent extends ContactOfStudent {}
export interface AbsenceNoteParent extends AbsenceNoteRow {}
export interface PinnedItemParent extends PinnedItemRow {}
export interface AccessArrangementParent extends ArrangementOfStudent {}
export interface AccessArrangementEvidenceParent extends EvidenceRow {}
export interface StaffMemberParent extends Stamp {}
export interface PictureParent extends PictureOfStudent {}
export interface PictureLinkParent extends OpenedPictureLink {}
