"""What others read in FHIR R4. One module for each resource."""
