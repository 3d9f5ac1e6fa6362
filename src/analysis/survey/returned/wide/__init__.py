"""Tables with a row a respondent, as forms on the web export them."""
