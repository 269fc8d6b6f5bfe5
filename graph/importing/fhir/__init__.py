"""FHIR PlanDefinitions (STU3, R4, R5; JSON and XML) as guidelines: actions are steps, their conditions are asked on the edges."""
