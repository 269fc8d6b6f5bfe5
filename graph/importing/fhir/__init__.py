"""FHIR PlanDefinitions (STU3, R4, R5; JSON and XML) as guidelines: actions are steps, what makes them applicable is asked on their edges."""
