"""The model: inputs, figures and plan as frozen records, with the fixed words of the field."""
