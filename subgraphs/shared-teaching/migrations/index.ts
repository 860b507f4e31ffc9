/** In the order in which they run; one that has run is never changed. */
import { Partnerships0001 } from './0001-partnerships.ts';
import { Courses0002 } from './0002-courses.ts';
import { Guests0003 } from './0003-guests.ts';
import { EmergencyAccess0004 } from './0004-emergency-access.ts';

export const migrations = [Partnerships0001, Courses0002, Guests0003, EmergencyAccess0004];
