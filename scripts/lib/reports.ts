/** How the report of a test begins that has failed, and was tried once more. */
export const TRIED_AGAIN = "Tried again";
