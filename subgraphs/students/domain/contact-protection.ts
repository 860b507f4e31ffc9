/**
 * A contact's phone that is withheld from teaching schools stays withheld where a change does not say otherwise: whoever
 * corrects a name writes the whole list back, and must not open a number by leaving a word out.
 */
interface Contact {
  name: string;
  phone: string;
}

/** Fills in what the input leaves open, from the contacts as they are: one of the same number or name keeps its protection. */
export function keepProtection<Input extends Contact & { protectedPhone?: boolean | null | undefined }>(
  inputs: readonly Input[],
  current: readonly (Contact & { protectedPhone: boolean })[],
): (Input & { protectedPhone: boolean })[] {
  const withheld = current.filter(({ protectedPhone }) => protectedPhone);
  return inputs.map((input) => ({
    ...input,
    protectedPhone: input.protectedPhone ?? withheld.some((contact) => isSame(contact, input)),
  }));
}

const isSame = (one: Contact, other: Contact): boolean =>
  digitsOf(one.phone) === digitsOf(other.phone) || plain(one.name) === plain(other.name);

const digitsOf = (phone: string): string => phone.replaceAll(/\D/g, '');
const plain = (name: string): string => name.trim().toLowerCase();
