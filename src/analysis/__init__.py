"""From a city survey in workbooks to the analysis chapters of a Smart City masterplan."""
