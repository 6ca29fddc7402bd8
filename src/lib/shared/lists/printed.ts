/** A printed list is complete, up to a length that a person would still read. */
export const printed = 2_000;
