/** The demo's school sites. Plainly invented: URNs from 900001 up, local authority 999. */
export const ALDER = '900001';
export const BIRCHWOOD = '900002';
export const CEDAR = '900003';

export const DEMO_SCHOOLS = [
  { urn: ALDER, dfeNumber: '999/4001', name: 'Alder Grove School', phase: 'Secondary' },
  { urn: BIRCHWOOD, dfeNumber: '999/4002', name: 'Birchwood Sixth Form College', phase: '16 plus' },
  { urn: CEDAR, dfeNumber: '999/4003', name: 'Cedar Hill Academy', phase: 'Secondary' },
] as const;
