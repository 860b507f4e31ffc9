/** Routes that ask who is calling: each is authenticated, and none other may ask. */
export const GRAPHQL_ROUTE = '/graphql';

/** For a persisted operation. */
export const PERSISTED_ROUTE = '/graphql/:id';

/** A token stands in the place of `*`. */
export const PICTURES_ROUTE = '/pictures/*';
