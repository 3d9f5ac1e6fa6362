"""From notebooks to what people read: runs, pages, spreadsheets and the book."""
