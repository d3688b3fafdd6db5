"""What a unit and a patient have agreed on: which of its digital services the patient uses."""
