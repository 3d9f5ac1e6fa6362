"""The questionnaire as data: scales, fields, tables, items, and who is asked."""
