/** The clinician's workplace starts here. */
export {};
