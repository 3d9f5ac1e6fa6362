"""One module per stage of the masterplan: pure functions, tables in, tables out."""
