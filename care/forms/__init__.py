"""Forms: questionnaires in the words of FHIR R4, what is answered, what of it counts, and what it adds up to."""
