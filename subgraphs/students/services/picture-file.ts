import type { Context } from '../context.ts';
import { plainPicture } from '../domain/plain-picture.ts';
import type { StudentKey } from '../loaders/by-student.ts';

/** The picture's bytes as they leave the graph: base64, without metadata. Null where they are no picture of their type. */
export async function pictureFile(
  { loaders }: Context,
  { homeSchoolUrn, id }: StudentKey,
): Promise<{ mediaType: string; content: string } | null> {
  const stored = await loaders.picture.load({ homeSchoolUrn, id });
  const plain = stored && plainPicture(stored.content, stored.mediaType);
  return plain && stored ? { mediaType: stored.mediaType, content: Buffer.from(plain).toString('base64') } : null;
}
