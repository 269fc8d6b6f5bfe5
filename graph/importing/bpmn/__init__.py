"""BPMN 2.0: processes with tasks, gateways and events, as their XML has them; the drawing is left aside."""
